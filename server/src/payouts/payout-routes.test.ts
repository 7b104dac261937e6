import { parse } from "csv-parse/sync";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { type PayoutWorld, payoutWorld } from "../../test/kit/payouts.ts";
import { asOwner } from "../../test/kit/postgres.ts";
import { newId } from "../kernel/id.ts";
import { OPERATOR_SCOPES } from "../platform/scopes.ts";

let world: PayoutWorld;
beforeAll(async () => {
  world = await payoutWorld();
});
afterAll(() => world[Symbol.asyncDispose]());
beforeEach(() => asOperator());

/** One API key for the whole file: the same Idempotency-Key of another caller is another. */
const KEY_ID = newId();
const asOperator = () => world.http.as({ tenantId: world.tenantId, partnerId: null, keyId: KEY_ID });
const asPartner = (partnerId: string) => world.http.as({ tenantId: world.tenantId, partnerId });
const send = async (method: "GET" | "POST" | "PUT", url: string, options: { body?: object; key?: string } = {}) => {
  const answer = await world.http.inject({
    method,
    url,
    ...(options.body && { payload: options.body }),
    headers: options.key === undefined ? {} : { "idempotency-key": options.key },
  });
  return { status: answer.statusCode, headers: answer.headers, text: answer.body, body: tryJson(answer.body) };
};
const tryJson = (text: string): unknown =>
  text.startsWith("{") || text.startsWith("[") ? JSON.parse(text) : undefined;
const PROCESS = "/api/v1/admin/payouts/process";

const waiting = async (partner = world.newPartner()): Promise<string> => {
  const partnerId = await partner;
  await world.earn(partnerId, 10_000n);
  return world.request(partnerId);
};

describe("a request that moves money", () => {
  it.each([
    ["POST", PROCESS, {}],
    ["POST", "/api/v1/admin/payouts/request", { partnerId: newId(), currency: "USD" }],
    ["POST", `/api/v1/admin/payouts/${newId()}/return`, { reason: "closed" }],
    ["POST", `/api/v1/admin/payouts/${newId()}/settle`, { outcome: "not_paid", reason: "closed" }],
  ] as const)("%s %s needs an Idempotency-Key", async (method, url, body) => {
    expect(await send(method, url, { body })).toMatchObject({
      status: 400,
      body: { code: "idempotency.key_required" },
    });
  });

  it("releases a batch once for its key; sent again it is answered as it was, though more waits by then", async () => {
    const first = await waiting();
    const answer = await send("POST", PROCESS, { key: "batch-1", body: {} });
    expect(answer).toMatchObject({ status: 200, body: { processed: 1, held: [] } });
    const second = await waiting();
    const again = await send("POST", PROCESS, { key: "batch-1", body: {} });
    expect(again).toMatchObject({ status: 200, body: answer.body });
    expect(again.headers["idempotent-replayed"]).toBe("true");
    expect(await world.story(first)).toMatchObject({ status: "processing", attempts: ["created"] });
    expect(await world.story(second)).toMatchObject({ status: "pending" });
    expect(await send("POST", PROCESS, { key: "batch-1", body: { limit: 7 } })).toMatchObject({
      status: 409,
      body: { code: "idempotency.key_reused" },
    });
    const one = await send("POST", PROCESS, { key: "one-1", body: { payoutId: second } });
    expect(one.body).toEqual({ processed: 1, held: [] });
    expect((await send("POST", PROCESS, { key: "one-1", body: { payoutId: second } })).body).toEqual(one.body);
    expect(await send("POST", PROCESS, { key: "one-2", body: { payoutId: second } })).toMatchObject({
      status: 409,
      body: { code: "payout.wrong_state" },
    });
  });

  it("with one key eight times at once is carried out once and answered alike", async () => {
    const payoutId = await waiting();
    const answers = await Promise.all(
      Array.from({ length: 8 }, () => send("POST", PROCESS, { key: "storm", body: { payoutId } })),
    );
    for (const answer of answers) expect(answer).toMatchObject({ status: 200, body: { processed: 1, held: [] } });
    expect(await world.story(payoutId)).toMatchObject({ attempts: ["created"] });
  });

  it.each<[string, object]>([
    ["nothing", { currency: "USD", amount: 0 }],
    ["less than nothing", { currency: "USD", amount: -5 }],
    ["half a cent", { currency: "USD", amount: 100.5 }],
    ["more than JSON can say", { currency: "USD", amount: 2 ** 53 }],
    ["text", { currency: "USD", amount: "100" }],
    ["a field that is none", { currency: "USD", amount: 100, note: "x" }],
    ["a currency in small letters", { currency: "usd" }],
  ])("for %s does not fit the schema", async (_what, body) => {
    asPartner(await world.newPartner());
    expect(await send("POST", "/api/v1/partners/payouts/request", { key: newId(), body })).toMatchObject({
      status: 400,
      body: { code: "request.invalid" },
    });
  });
});

describe("the routes", () => {
  it("say what they do, who may, and how they refuse", async () => {
    const document = (await world.http.inject({ url: "/docs/json" })).json<{
      paths: Record<string, Record<string, { operationId?: string; responses: object }>>;
    }>();
    const operations = Object.entries(document.paths)
      .filter(([path]) => path.includes("payouts"))
      .flatMap(([, methods]) => Object.values(methods));
    expect(operations.length).toBeGreaterThanOrEqual(15);
    for (const operation of operations) {
      expect(operation.operationId).toMatch(/^[a-z][A-Za-z]+$/);
      expect(Object.keys(operation.responses).some((status) => status.startsWith("4"))).toBe(true);
    }
  });

  it("show a partner its payouts, with items and transfers, and its method", async () => {
    const partnerId = await world.newPartner();
    const payoutId = await waiting(Promise.resolve(partnerId));
    asPartner(partnerId);
    expect(await send("GET", "/api/v1/partners/payouts?status=pending")).toMatchObject({
      status: 200,
      body: { data: [{ id: payoutId, amount: 10_000, netAmount: 10_000, status: "pending" }], nextCursor: null },
    });
    expect(await send("GET", `/api/v1/partners/payouts/${payoutId}`)).toMatchObject({
      body: { items: [{ line: 1, kind: "commission", amount: 10_000, state: "reserved" }], transfers: [] },
    });
    expect(await send("GET", "/api/v1/partners/payouts/method")).toMatchObject({
      body: { kind: "stripe_connect", status: "payable", onboardingUrl: null },
    });
    expect(await send("POST", `/api/v1/partners/payouts/${payoutId}/cancel`)).toMatchObject({
      body: { status: "cancelled" },
    });
  });
});

describe("the bank file", () => {
  const file = async (body: object = {}) => {
    const answer = await send("POST", "/api/v1/admin/payouts/bank-file", { body });
    expect(answer.status).toBe(200);
    return parse(answer.text, { columns: true }) as Record<string, string>[];
  };
  const paidByHand = async (holder?: string): Promise<string> => {
    const payoutId = await waiting(world.newBankPartner(holder));
    await world.payouts.processPayout(world.operator(), { payoutId });
    await world.send(payoutId);
    return payoutId;
  };

  it("hands out each payment once, with the details that were sealed; asked for again it says when it was", async () => {
    const [plain, tricky] = [await paidByHand(), await paidByHand('=HYPERLINK("x")')];
    await waiting(world.newBankPartner());
    const rows = await file();
    expect(rows).toEqual([
      {
        reference: plain,
        holder: "Ada Lovelace",
        iban: "DE89370400440532013000",
        account_number: "",
        bank_code: "",
        amount: "100.00",
        currency: "USD",
        exported_before: "",
      },
      expect.objectContaining({ reference: tricky, holder: `'=HYPERLINK("x")` }),
    ]);
    expect(await file()).toEqual([]);
    const first = world.clock.now().toISOString();
    await world.advance(3_600_000);
    const again = await file({ includeExported: true });
    expect(again.map((row) => [row["reference"], row["exported_before"]])).toEqual([
      [plain, first],
      [tricky, first],
    ]);
    expect(await file({ includeExported: true, from: first })).toEqual([]);
    const trail = await asOwner<{ after: { payoutIds: string[] } }>(
      world.clone,
      "select after from audit_log where action = 'payout.bank_file_exported' order by position",
    );
    expect(trail[0]?.after.payoutIds).toEqual([plain, tricky]);
  });

  it("is what a payout by hand waits for, and stands in: both sides read which, and it is nowhere said to have arrived", async () => {
    const payoutId = await paidByHand();
    const { partnerId } = (await world.payouts.getPayoutFor(world.operator(), { payoutId })) as { partnerId: string };
    const readings = async () => {
      const sides = [
        await world.payouts.getPayout(world.partner(partnerId), { payoutId }),
        await world.payouts.getPayoutFor(world.operator(), { payoutId }),
      ];
      return sides.map(({ status, bankFile, exportedAt }) => ({ status, bankFile, exportedAt }));
    };
    const waits = { status: "completed", bankFile: "waiting", exportedAt: null };
    expect(await readings()).toEqual([waits, waits]);
    await file();
    const sent = { status: "completed", bankFile: "handed_out", exportedAt: world.clock.now() };
    expect(await readings()).toEqual([sent, sent]);
    const [told] = await asOwner<{ bank_file: string }>(
      world.clone,
      "select data ->> 'bankFile' as bank_file from outbox_events where object_id = $1 and type = 'payout.completed'",
      [payoutId],
    );
    expect(told).toEqual({ bank_file: "waiting" });
  });

  it("is not what a payout is said to wait for of which somebody has said that it was paid", async () => {
    const payoutId = await waiting(world.newBankPartner());
    await world.payouts.processPayout(world.operator(), { payoutId });
    const settled = { payoutId, outcome: "paid", reason: "Paid by cheque", reference: "CHQ-1" } as const;
    const { status, bankFile } = await world.payouts.settlePayout(world.operator(), settled);
    expect({ status, bankFile }).toEqual({ status: "completed", bankFile: null });
  });

  it("asked for twice at once hands out each payment in one of the two", async () => {
    const payoutId = await paidByHand();
    const files = await Promise.all([file(), file(), file()]);
    expect(files.flat().map((row) => row["reference"])).toEqual([payoutId]);
  });

  it("leaves out what has come back", async () => {
    const payoutId = await paidByHand();
    await world.payouts.recordReturn(world.operator(), { payoutId, reason: "account closed" });
    expect(await file()).toEqual([]);
    expect(await world.story(payoutId)).toMatchObject({ status: "failed", failure: "account closed" });
  });

  it("keeps details closed to who may only read, and unreadable in the database", async () => {
    const readers = OPERATOR_SCOPES.filter((scope) => scope !== "payouts:process");
    world.http.as({ tenantId: world.tenantId, partnerId: null, scopes: readers });
    expect(await send("POST", "/api/v1/admin/payouts/bank-file", { body: {} })).toMatchObject({ status: 403 });
    const [row] = await asOwner<{ details: string }>(
      world.clone,
      "select encode(details_encrypted, 'escape') as details from payout_methods where kind = 'bank_file' limit 1",
    );
    // Long enough that ciphertext never spells them by chance.
    expect(row?.details).not.toMatch(/DE89 ?3704|Lovelace/);
  });
});

describe("reconciliation", () => {
  it("finds nothing to say of what both sides know, and names what only the books know", async () => {
    const payoutId = await waiting();
    await world.payouts.processPayout(world.operator(), { payoutId });
    await world.send(payoutId);
    const day = 86_400_000;
    const period = `?from=${new Date(world.clock.now().getTime() - day).toISOString()}&to=${new Date(world.clock.now().getTime() + day).toISOString()}`;
    const url = `/api/v1/admin/payouts/reconciliation${period}`;
    expect(await send("GET", url)).toMatchObject({ status: 200, body: { here: 1, atProvider: 1, differences: [] } });
    await asOwner(world.clone, "update transfer_attempts set provider_transfer_id = 'tr_lost' where payout_id = $1", [
      payoutId,
    ]);
    expect((await send("GET", url)).body).toMatchObject({
      differences: [
        { difference: "missing_at_provider", payoutId, transferId: "tr_lost", amountThere: null },
        { difference: "unknown_here", payoutId, amountHere: null },
      ],
    });
    await asOwner(world.clone, "update transfer_attempts set provider_transfer_id = $2 where payout_id = $1", [
      payoutId,
      world.transfersOf(payoutId)[0]?.id,
    ]);
  });

  it("is unavailable while Stripe is", async () => {
    world.stripe.faults.inject({ kind: "unavailable" }, { on: "GET /v1/transfers" });
    const url = "/api/v1/admin/payouts/reconciliation?from=2026-01-01T00:00:00Z&to=2026-01-02T00:00:00Z";
    expect(await send("GET", url)).toMatchObject({ status: 503, body: { code: "payout.provider_unavailable" } });
  });
});
