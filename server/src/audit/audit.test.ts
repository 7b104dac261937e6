import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { basic, type IdentityBench, openIdentity } from "../../test/kit/identity.ts";
import { asOwner, type ClonedDatabase, cloneDatabase } from "../../test/kit/postgres.ts";
import { newId } from "../kernel/id.ts";
import type { Ctx } from "../platform/context.ts";
import { tenantsToSeal } from "../platform/database/index.ts";
import { type AuditService, auditRoutes, createAudit, createAuditService } from "./index.ts";
import { LOOKBACK } from "./seal-audit.ts";

let database: ClonedDatabase;
let bench: IdentityBench;
let service: AuditService;
let ctx: Ctx;
const audit = createAudit();
const GRACE = { id: newId(), name: "Grace Hopper" };
const who = {
  named: async (_tx: unknown, words: string) => ({
    ids: GRACE.name.includes(words) ? [GRACE.id] : [],
    isCut: words === "Grace",
  }),
  namesOf: async (_tx: unknown, ids: readonly string[]) =>
    new Map(ids.includes(GRACE.id) ? [[GRACE.id, GRACE.name]] : []),
};

beforeEach(async () => {
  database = await cloneDatabase();
  bench = await openIdentity(database, {
    routes: ({ db, secrets }) => {
      service = createAuditService({ db, audit, secrets, who });
      return [auditRoutes(service)];
    },
  });
  ({ ctx } = bench.operator);
});
afterEach(() => bench[Symbol.asyncDispose]());

/** Acts of one transaction each. Returns their ids in the order of the trail. */
async function act(count: number, { targetId = null as string | null, action = "thing.changed" } = {}): Promise<void> {
  for (let turn = 0; turn < count; turn += 1)
    await bench.db.transaction(ctx, (tx) =>
      audit.record(tx, action, {
        targetType: "thing",
        targetId,
        before: { amount: 10n },
        after: { ö: [turn, null, "x"] },
      }),
    );
}

const ids = async (): Promise<string[]> =>
  (await asOwner<{ audit_id: string }>(database, "select audit_id from audit_chain order by sequence")).map(
    (row) => row.audit_id,
  );

describe("the trail", () => {
  it("is chained in the order of acts, once, and verifies", async () => {
    await act(5);
    expect(await service.seal(ctx)).toBe(5);
    expect(await service.seal(ctx)).toBe(0);
    await act(2);
    expect(await service.verify(ctx)).toMatchObject({ isWhole: true, verified: 5n, unsealed: 2n });
    await service.seal(ctx);
    expect(await service.verify(ctx)).toMatchObject({ isWhole: true, verified: 7n, unsealed: 0n, firstBreak: null });
  });

  it("stays one chain when ten sealers work while acts are written", async () => {
    await Promise.all([
      ...Array.from({ length: 10 }, () => act(4)),
      ...Array.from({ length: 10 }, () => service.seal(ctx)),
    ]);
    await service.seal(ctx);
    expect(await service.verify(ctx)).toMatchObject({ isWhole: true, verified: 40n, unsealed: 0n });
  });

  it("takes in an act whose transaction took longer than those after it", async () => {
    let commit: () => void = () => {};
    let isWritten: () => void = () => {};
    const written = new Promise<void>((resolve) => {
      isWritten = resolve;
    });
    const slow = bench.db.transaction(ctx, async (tx) => {
      await audit.record(tx, "thing.slow", { targetType: "thing", targetId: null });
      isWritten();
      await new Promise<void>((resolve) => {
        commit = resolve;
      });
    });
    await written;
    await act(1);
    await service.seal(ctx);
    // Who wakes every minute is told in which tenants there is anything to seal: that, too.
    const toSeal = () => tenantsToSeal(bench.db, LOOKBACK);
    expect(await toSeal()).not.toContain(ctx.tenantId);
    commit();
    await slow;
    expect(await toSeal()).toContain(ctx.tenantId);
    expect(await service.seal(ctx)).toBe(1);
    expect(await toSeal()).not.toContain(ctx.tenantId);
    expect(await service.verify(ctx)).toMatchObject({ isWhole: true, verified: 2n });
  });

  it("cannot be changed by the server, nor by its owner as long as the triggers stand", async () => {
    await act(1);
    await service.seal(ctx);
    for (const statement of [
      "update audit_log set action = 'x'",
      "delete from audit_log",
      "truncate audit_log cascade",
    ])
      await expect(asOwner(database, statement)).rejects.toThrow("append-only");
    await expect(
      bench.db.transaction(ctx, (tx) => tx.updateTable("audit_log").set({ action: "x" }).execute()),
    ).rejects.toThrow("permission denied");
  });

  it.each([
    ["who", "actor_id = 'somebody else'"],
    ["what", "action = 'thing.left_alone'"],
    ["the amount", `before = '{"amount": 11}'`],
    ["when, by a microsecond", "occurred_at = occurred_at + interval '1 microsecond'"],
    ["from where", "ip_truncated = '203.0.113.0/24'"],
    ["the order", "position = position + 1000"],
  ])("names the first row in which somebody changed %s", async (_what, change) => {
    await act(6);
    await service.seal(ctx);
    const [, , third, , fifth] = await ids();
    await asOwner(database, "alter table audit_log disable trigger all");
    if (change.startsWith("position"))
      await asOwner(database, "alter table audit_log alter column position drop identity");
    await asOwner(database, `update audit_log set ${change} where id = any ($1)`, [[third, fifth]]);
    expect(await service.verify(ctx)).toMatchObject({
      isWhole: false,
      verified: 2n,
      firstBreak: { sequence: 3n, auditId: third, reason: "row_changed" },
    });
  });

  it("names a row that was taken out, and a link that was", async () => {
    await act(5);
    await service.seal(ctx);
    const [, , , fourth] = await ids();
    for (const table of ["audit_log", "audit_chain"])
      await asOwner(database, `alter table ${table} disable trigger all`);
    await asOwner(database, "delete from audit_log where id = $1", [fourth]);
    expect((await service.verify(ctx)).firstBreak).toEqual({ sequence: 4n, auditId: fourth, reason: "row_missing" });
    await asOwner(database, "delete from audit_chain where sequence = 2");
    expect((await service.verify(ctx)).firstBreak).toEqual({ sequence: 2n, auditId: null, reason: "link_missing" });
  });

  it("that somebody chained anew over a changed row differs from its checkpoint", async () => {
    await act(3);
    expect(await service.checkpoint(ctx)).toMatchObject({ sequence: 3n });
    expect(await service.verify(ctx)).toMatchObject({ isWhole: true, checkpoints: 1 });
    for (const table of ["audit_log", "audit_chain", "audit_checkpoints"])
      await asOwner(database, `alter table ${table} disable trigger all`);
    const [kept] = await asOwner<{ sequence: string }>(database, "select * from audit_checkpoints");
    await asOwner(
      database,
      "update audit_log set action = 'thing.left_alone' where position = (select min(position) from audit_log)",
    );
    await asOwner(database, "with gone as (delete from audit_checkpoints) delete from audit_chain");
    await service.seal(ctx);
    expect((await service.verify(ctx)).isWhole).toBe(true);
    await asOwner(
      database,
      "insert into audit_checkpoints select * from jsonb_populate_record(null::audit_checkpoints, $1)",
      [JSON.stringify(kept && Object.fromEntries(Object.entries(kept).map(([name, value]) => [name, hexOf(value)])))],
    );
    expect((await service.verify(ctx)).firstBreak).toMatchObject({ sequence: 3n, reason: "checkpoint_differs" });
    await asOwner(database, "update audit_checkpoints set hash = (select hash from audit_chain where sequence = 3)");
    expect((await service.verify(ctx)).firstBreak).toMatchObject({ sequence: 3n, reason: "checkpoint_forged" });
  });

  it("that was cut short before its checkpoint is not whole", async () => {
    await act(4);
    await service.checkpoint(ctx);
    for (const table of ["audit_log", "audit_chain"])
      await asOwner(database, `alter table ${table} disable trigger all`);
    await asOwner(database, "delete from audit_chain where sequence > 2");
    expect((await service.verify(ctx)).firstBreak).toEqual({ sequence: 4n, auditId: null, reason: "link_missing" });
  });

  it("of one tenant is chained apart from that of another", async () => {
    await act(2);
    const theirs = bench.neighbour.ctx;
    await bench.db.transaction(theirs, (tx) =>
      audit.record(tx, "thing.changed", { targetType: "thing", targetId: null }),
    );
    expect(await service.seal(ctx)).toBe(2);
    expect(await service.seal(theirs)).toBe(1);
    expect(await service.verify(theirs)).toMatchObject({ isWhole: true, verified: 1n });
  });
});

describe("whoever reads the trail", () => {
  const read = async (query: string, scopes: readonly ("audit:read" | "partners:read")[] = ["audit:read"]) => {
    const key = await bench.identity.generateAPIKey(ctx, { owner: "operator", name: "reader", scopes });
    return bench.app.inject({
      url: `/api/v1/admin/audit${query}`,
      headers: { host: bench.operator.host, ...basic(key) },
    });
  };

  it("finds acts by what, whom, who and when, page by page, newest first", async () => {
    const targetId = newId();
    await act(3, { targetId });
    await act(2, { action: "thing.made" });
    const first = (await read(`?targetId=${targetId}&limit=2`)).json<{ data: { id: string }[]; nextCursor: string }>();
    expect(first.data).toHaveLength(2);
    const rest = (await read(`?targetId=${targetId}&limit=2&cursor=${first.nextCursor}`)).json<{
      data: { id: string }[];
      nextCursor: null;
    }>();
    expect(rest.data).toHaveLength(1);
    expect(rest.nextCursor).toBeNull();
    expect(new Set([...first.data, ...rest.data].map((row) => row.id)).size).toBe(3);
    const made = (await read("?action=thing.made&actorId=test&targetType=thing")).json<{ data: object[] }>();
    expect(made.data).toHaveLength(2);
    expect(made.data[0]).toMatchObject({ actorType: "system", before: { amount: 10 }, after: { ö: [1, null, "x"] } });
    expect((await read("?action=thing.made&occurredFrom=2026-03-02T00:00:00Z")).json()).toMatchObject({ data: [] });
  });

  it("finds acts by the beginning of their name, by who acted, and by words anywhere in them", async () => {
    await act(1, { action: "payout.requested" });
    await act(1, { action: "payout.released" });
    await act(1, { action: "payoutlike.released" });
    const actions = async (query: string) =>
      (await read(query)).json<{ data: { action: string }[] }>().data.map(({ action }) => action);
    expect(await actions("?action=payout.*")).toEqual(["payout.released", "payout.requested"]);
    expect(await actions("?action=payout.*&actorType=key")).toEqual([]);
    expect(await actions("?words=AMOUNT&actorType=system&action=payout.*")).toHaveLength(2);
    expect(await actions("?words=like.rel")).toEqual(["payoutlike.released"]);
    // What stands for anything in a pattern stands for itself.
    expect(await actions("?words=p_yout")).toEqual([]);
  });

  it("finds acts by the name of who acted and of whom they are about, and says it with them", async () => {
    await act(1, { targetId: GRACE.id, action: "person.changed" });
    const grace: Ctx = {
      ...ctx,
      actor: { type: "user", userId: GRACE.id, role: "admin", sessionId: newId(), partnerId: null, scopes: new Set() },
    };
    await bench.db.transaction(grace, (tx) =>
      audit.record(tx, "payout.requested", { targetType: "payout", targetId: newId(), after: {} }),
    );
    await act(1, { action: "other.changed" });
    const found = (await read("?words=Hopper")).json<{ data: object[] }>().data;
    expect(found).toMatchObject([
      { action: "payout.requested", targetName: null, actorName: "Grace Hopper" },
      { action: "person.changed", targetName: "Grace Hopper", actorName: null },
    ]);
    const file = (await read("/export?format=json&words=Hopper")).json<{ action: string }[]>();
    expect(file.map(({ action }) => action)).toEqual(["person.changed", "payout.requested", "audit.exported"]);
    expect((await read("?words=Hopper")).json()).toMatchObject({ isCut: false });
    expect((await read("?words=Grace")).json()).toMatchObject({ isCut: true });
    expect((await read("/export?words=Grace")).headers["names-cut"]).toBe("true");
    expect((await read("/export?words=Hopper")).headers["names-cut"]).toBe("false");
  });

  it("takes them out as CSV or JSON, all of a filter, oldest first, and that stands in the trail", async () => {
    await act(3, { action: "thing.made" });
    const csv = await read("/export?action=thing.made");
    expect(csv.headers["content-disposition"]).toMatch(/^attachment; filename="audit-.*\.csv"$/);
    expect(csv.body.trim().split("\n")).toHaveLength(4);
    const rows = (await read("/export?format=json&action=thing.made")).json<{ after: { ö: number[] } }[]>();
    expect(rows.map(({ after }) => after.ö[0])).toEqual([0, 1, 2]);
    expect((await read("/export?format=json&action=nothing.done")).json()).toEqual([]);
    const exported = (await read("?action=audit.exported")).json<{ data: object[] }>();
    expect(exported.data).toHaveLength(3);
    expect((await read("/export", ["partners:read"])).statusCode).toBe(403);
  });

  it("must be allowed to, and asks for what there is", async () => {
    expect((await read("", ["partners:read"])).json()).toMatchObject({ status: 403, code: "access.scope_missing" });
    expect(
      (await bench.app.inject({ url: "/api/v1/admin/audit", headers: { host: bench.operator.host } })).statusCode,
    ).toBe(401);
    for (const query of ["?actor=x", "?limit=100000", "?cursor=x", "?targetId=x", "?occurredFrom=yesterday"])
      expect((await read(query)).statusCode).toBe(400);
  });

  it("sees nothing of another tenant", async () => {
    await act(1, { action: "thing.made" });
    const key = await bench.identity.generateAPIKey(bench.neighbour.ctx, {
      owner: "operator",
      name: "reader",
      scopes: ["audit:read"],
    });
    const answer = await bench.app.inject({
      url: "/api/v1/admin/audit?action=thing.made",
      headers: { host: bench.neighbour.host, ...basic(key) },
    });
    expect(answer.json()).toMatchObject({ data: [] });
  });
});

/** A column as jsonb_populate_record reads it. */
const hexOf = (value: unknown): unknown => (Buffer.isBuffer(value) ? `\\x${value.toString("hex")}` : value);
