import { sql } from "kysely";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { type CommissionWorld, commissionWorld, HOLD_DAYS } from "../../test/kit/commissions.ts";
import { compareBooks } from "../../test/kit/compare-books.ts";
import { figureSeeds } from "../../test/kit/figures.ts";
import { asOwner } from "../../test/kit/postgres.ts";
import { DAY_MS } from "../kernel/clock.ts";
import { newId } from "../kernel/id.ts";
import { APPROVAL_BATCH_SIZE } from "./approve-due.ts";
import type { ApprovalGate } from "./commission-deps.ts";
import { findCommission, insertCommissions } from "./commission-repository.ts";

let world: CommissionWorld;
let partnerId: string;
let openGate: ApprovalGate;
beforeAll(async () => {
  world = await commissionWorld();
  openGate = world.said.gate;
});
afterAll(() => world[Symbol.asyncDispose]());
beforeEach(async () => {
  partnerId = await world.newPartner();
  world.said.gate = openGate;
});

const approveDue = () => world.commissions.approveDue(world.system());
const endHold = () => world.clock.advance(HOLD_DAYS * DAY_MS);
const statusOf = async (id: string) => (await world.db.read(world.system(), (tx) => findCommission(tx, id)))?.status;
const expectTrueBooks = async () => {
  const { books, rows } = await compareBooks(world, partnerId);
  expect(rows).toEqual(books);
};

describe("a commission whose hold is over", () => {
  it("is approved at that instant and not before", async () => {
    const { id } = await world.seedCommission(partnerId, 118n);
    world.clock.advance(HOLD_DAYS * DAY_MS - 1);
    await approveDue();
    expect(await statusOf(id)).toBe("pending");
    world.clock.advance(1);
    expect(await approveDue()).toEqual({ approved: 1, held: 0 });
    expect(await statusOf(id)).toBe("approved");
    expect(await world.balances(partnerId)).toMatchObject({ pending: 0n, available: 118n });
    expect(await world.events(id)).toEqual(["commission.approved"]);
    await expectTrueBooks();
  });

  it("is approved with its reversals: what becomes available is what they left", async () => {
    const { id } = await world.seedCommission(partnerId, 118n);
    const reversal = await world.seedRefund(id, 50n);
    endHold();
    await approveDue();
    expect([await statusOf(id), await statusOf(reversal?.id ?? "")]).toEqual(["approved", "approved"]);
    expect(await world.balances(partnerId)).toMatchObject({ pending: 0n, available: 68n });
    await expectTrueBooks();
  });

  it("is approved where a refund has left nothing, and moves nothing", async () => {
    const { id } = await world.seedCommission(partnerId, 118n);
    await world.seedRefund(id, 118n);
    endHold();
    await approveDue();
    expect(await statusOf(id)).toBe("approved");
    expect(await world.balances(partnerId)).toMatchObject({ pending: 0n, available: 0n, commission_expense: 0n });
  });

  it("repays debt before anything is available", async () => {
    const first = await world.seedCommission(partnerId, 100n);
    endHold();
    await approveDue();
    await world.payouts.requestPayoutFor(world.operator(), { partnerId, currency: "USD" });
    await world.seedRefund(first.id, 100n);
    await world.seedCommission(partnerId, 80n);
    await world.seedCommission(partnerId, 50n);
    endHold();
    await approveDue();
    expect(await world.balances(partnerId)).toMatchObject({ available: 30n, clawback_receivable: 0n });
    await expectTrueBooks();
  });

  it("stays while the partner is suspended, and follows when it is reinstated", async () => {
    const { id } = await world.seedCommission(partnerId, 10n);
    endHold();
    await world.setStatus(partnerId, "suspended");
    await approveDue();
    expect(await statusOf(id)).toBe("pending");
    await world.setStatus(partnerId, "active");
    await approveDue();
    expect(await statusOf(id)).toBe("approved");
  });

  it("of a terminated partner is approved after the hold too", async () => {
    const { id } = await world.seedCommission(partnerId, 10n);
    await world.setStatus(partnerId, "terminated");
    endHold();
    await approveDue();
    expect(await statusOf(id)).toBe("approved");
  });

  it("stays while it is disputed", async () => {
    const { id } = await world.seedCommission(partnerId, 10n);
    await world.commissions.disputeCommission(world.partner(partnerId), { commissionId: id, reason: "too little" });
    endHold();
    await approveDue();
    expect(await statusOf(id)).toBe("disputed");
  });
});

describe("gates", () => {
  it("hold one commission and let the next pass", async () => {
    const [held, free] = [await world.seedCommission(partnerId, 1n), await world.seedCommission(partnerId, 2n)];
    world.said.gate = async (_tx, candidates) =>
      new Map(
        candidates.map(({ commissionId }) => [
          commissionId,
          commissionId === held.id ? { allowed: false, reason: "fraud" } : { allowed: true },
        ]),
      );
    endHold();
    expect(await approveDue()).toEqual({ approved: 1, held: 1 });
    expect([await statusOf(held.id), await statusOf(free.id)]).toEqual(["pending", "approved"]);
    await expect(
      world.commissions.approveCommission(world.operator(), { commissionId: held.id }),
    ).rejects.toMatchObject({ code: "commission.held", facts: { reason: "fraud" } });
  });

  it("hold what was earned on a customer under a fraud hold, until it is released", async () => {
    const seeds = figureSeeds(world.clone, world.tenantId);
    const referral_id = await seeds.referral(partnerId, world.clock.now());
    await asOwner(
      world.clone,
      `insert into referral_standings (tenant_id, referral_id, partner_id, converted_at, agreed_at, conversion_number, terms_id, is_verification_open, is_held, is_rejected)
       values ($1, $2, $3, $4, $4, 1, $2, false, true, false)`,
      [world.tenantId, referral_id, partnerId, world.clock.now()],
    );
    const { id } = await world.seedCommission(partnerId, 1n, { referral_id });
    endHold();
    await approveDue();
    expect(await statusOf(id)).toBe("pending");
    await asOwner(world.clone, "update referral_standings set is_held = false where referral_id = $1", [referral_id]);
    await approveDue();
    expect(await statusOf(id)).toBe("approved");
  });

  it.each<[string, ApprovalGate]>([
    ["says nothing", async () => new Map()],
    [
      "throws",
      async () => {
        throw new Error("no answer");
      },
    ],
    [
      "breaks a statement",
      async (tx) => {
        await sql`select 1 / 0`.execute(tx);
        return new Map();
      },
    ],
  ])("that %s hold everything, and break nothing", async (_case, gate) => {
    const { id } = await world.seedCommission(partnerId, 1n);
    endHold();
    world.said.gate = gate;
    expect((await approveDue()).approved).toBe(0);
    expect(await statusOf(id)).toBe("pending");
    world.said.gate = openGate;
    await approveDue();
    expect(await statusOf(id)).toBe("approved");
  });
});

describe("the job", () => {
  it("approves once when it runs twice, also at once", async () => {
    const { id } = await world.seedCommission(partnerId, 118n);
    endHold();
    const runs = await Promise.all([approveDue(), approveDue(), approveDue()]);
    expect(runs.reduce((sum, run) => sum + run.approved, 0)).toBe(1);
    expect(await approveDue()).toEqual({ approved: 0, held: 0 });
    expect(await world.balances(partnerId)).toMatchObject({ available: 118n });
    expect(await world.events(id)).toEqual(["commission.approved"]);
    expect(await world.audits(partnerId)).toEqual([{ action: "commissions.approved", reason: null }]);
  });

  it("that dies at its last step leaves nothing behind, and the next run does all of it, once", async () => {
    const { id } = await world.seedCommission(partnerId, 118n);
    endHold();
    // Rows, books and events of the batch are written when its connection dies.
    world.said.inside = {
      "commission.approved": [(tx) => sql`select pg_terminate_backend(pg_backend_pid())`.execute(tx).then(() => {})],
    };
    await expect(approveDue()).rejects.toBeInstanceOf(AggregateError);
    expect(await statusOf(id)).toBe("pending");
    expect(await world.balances(partnerId)).toMatchObject({ pending: 118n, available: 0n });
    world.said.inside = {};
    expect(await approveDue()).toEqual({ approved: 1, held: 0 });
    expect(await world.balances(partnerId)).toMatchObject({ pending: 0n, available: 118n });
    expect(await world.events(id)).toEqual(["commission.approved"]);
  });

  it("goes through more than a batch, past what is held", async () => {
    const held = await world.seedCommission(partnerId, 1n);
    world.clock.advance(1);
    const count = APPROVAL_BATCH_SIZE + 5;
    for (let made = 0; made < count; made += 1) await world.seedCommission(partnerId, 1n);
    world.said.gate = async (_tx, candidates) =>
      new Map(
        candidates.map(({ commissionId }) => [
          commissionId,
          commissionId === held.id ? { allowed: false, reason: "fraud" } : { allowed: true },
        ]),
      );
    endHold();
    expect(await approveDue()).toEqual({ approved: count, held: 1 });
    expect(await world.balances(partnerId)).toMatchObject({ available: BigInt(count), pending: 1n });
    await expectTrueBooks();
  });

  it("does not let trouble with one partner stop the others, and says that there was some", async () => {
    const bad = await world.seedCommission(partnerId, 5n);
    // Books that are wrong: the row is there, its money is not.
    const row = { ...bad, id: newId(), amount: 1_000n };
    await world.db.transaction(world.system(), (tx) => insertCommissions(tx, [row]));
    const { id } = await world.seedCommission(await world.newPartner(), 7n);
    endHold();
    await expect(approveDue()).rejects.toBeInstanceOf(AggregateError);
    expect([await statusOf(bad.id), await statusOf(id)]).toEqual(["pending", "approved"]);
    await asOwner(world.clone, "update commissions set status = 'cancelled' where id = any ($1)", [[bad.id, row.id]]);
  });

  it("keeps currencies apart", async () => {
    await world.seedCommission(partnerId, 5n);
    await world.seedCommission(partnerId, 7n, { currency: "EUR" });
    endHold();
    await approveDue();
    expect(await world.balances(partnerId, "USD")).toMatchObject({ available: 5n });
    expect(await world.balances(partnerId, "EUR")).toMatchObject({ available: 7n });
  });
});
