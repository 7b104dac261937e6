import { sql } from "kysely";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { asOwner, type ClonedDatabase, cloneDatabase } from "../../test/kit/postgres.ts";
import { seedTenant } from "../../test/kit/seed.ts";
import { findCustomerExternalIds, findCustomersByExternalIds } from "../identity/index.ts";
import { newId } from "../kernel/id.ts";
import { type Ctx, systemContext } from "../platform/context.ts";
import { type Database, openDatabase, type Tx } from "../platform/database/index.ts";
import { createOutbox } from "../platform/outbox/index.ts";
import { countRefused, findTransactions } from "./find-transactions.ts";
import { recordTransactions } from "./record-transactions.ts";
import type { RecordTransactionsResponse } from "./sales-schema.ts";
import type { RecordedTransaction, ReportedTransaction } from "./transaction.ts";

const NOW = new Date("2026-03-01T12:00:00Z");

let database: ClonedDatabase;
let db: Database;
let ctx: Ctx;
let tenantId: string;

beforeAll(async () => {
  database = await cloneDatabase();
  db = openDatabase({ url: database.serverUrl, poolMax: 12 });
  tenantId = await seedTenant(database, { at: NOW });
  ctx = systemContext({ tenantId, job: "test", now: NOW });
});
afterAll(async () => {
  await db[Symbol.asyncDispose]();
  await database.drop();
});

/** What sales asks of the modules below it, straight from their tables. */
const below = {
  customers: {
    lockCustomers: async (tx: Tx, externalIds: readonly string[]) => {
      const { rows } = await sql<{ id: string; external_id: string }>`
        select id, external_id from users where tenant_id = ${tx.ctx.tenantId} and external_id = any (${externalIds}::text[])
         order by id for no key update`.execute(tx);
      return new Map(rows.map((row) => [row.external_id, row.id]));
    },
    createCustomers: async (tx: Tx, externalIds: readonly string[]) => {
      const { rows } = await sql<{ id: string; external_id: string }>`
        insert into users (tenant_id, id, role, external_id, created_at, updated_at)
        select ${tx.ctx.tenantId}, gen_random_uuid(), 'customer', e, ${tx.ctx.now}, ${tx.ctx.now} from unnest(${externalIds.toSorted()}::text[]) e
        on conflict (tenant_id, external_id) do update set external_id = excluded.external_id
        returning id, external_id`.execute(tx);
      return new Map(rows.map((row) => [row.external_id, row.id]));
    },
  },
  referrals: {
    findReattributed: async () => new Map(),
    findAttributions: async (tx: Tx, customerIds: readonly string[]) => {
      const { rows } = await sql<{ referred_user_id: string; id: string; partner_id: string }>`
        select referred_user_id, id, partner_id from referrals
         where tenant_id = ${tx.ctx.tenantId} and referred_user_id = any (${customerIds}::uuid[])`.execute(tx);
      return new Map(rows.map((row) => [row.referred_user_id, { referralId: row.id, partnerId: row.partner_id }]));
    },
  },
  partners: {
    takeNumbers: async (tx: Tx, counts: ReadonlyMap<string, number>) => {
      const { rows } = await sql<{ partner_id: string; first: bigint }>`
        with locked as (
          select s.partner_id from partner_sequences s
           where s.tenant_id = ${tx.ctx.tenantId} and s.partner_id = any (${[...counts.keys()]}::uuid[]) order by s.partner_id for update
        )
        update partner_sequences s set last_number = s.last_number + c.count
          from locked l join unnest(${[...counts.keys()]}::uuid[], ${[...counts.values()]}::int[]) c (partner_id, count) using (partner_id)
         where s.tenant_id = ${tx.ctx.tenantId} and s.partner_id = l.partner_id
        returning s.partner_id, s.last_number - c.count + 1 as first`.execute(tx);
      return new Map(rows.map((row) => [row.partner_id, row.first]));
    },
  },
};

let told: RecordedTransaction[];
let record: (events: readonly ReportedTransaction[]) => Promise<RecordTransactionsResponse>;
let customer: string;
let partnerId: string;

/** A partner with one customer, and a customer who is nobody's. */
beforeEach(async () => {
  told = [];
  const outbox = createOutbox(() => ({
    "transaction.recorded": [
      async (_tx, events) => void told.push(...events.map((event) => event.data as RecordedTransaction)),
    ],
  }));
  const verb = recordTransactions({ db, outbox, ...below });
  record = (events) => verb(ctx, events);
  ({ customer, partnerId } = await seedPartner());
});

async function seedPartner() {
  const names = { customer: `customer ${newId()}`, partnerId: newId() };
  const [customerId, userId, programId] = [newId(), newId(), await program()];
  await asOwner(
    database,
    `with person as (
       insert into users (tenant_id, id, role, external_id, email, created_at, updated_at)
       values ($1, $2, 'customer', $3, null, $7, $7), ($1, $4, 'partner', null, $8, $7, $7)
     ), partner as (
       insert into partners (tenant_id, id, program_id, user_id, partner_type, tier, referral_code, status, joined_at, created_at, updated_at)
       values ($1, $5, $6, $4, 'affiliate', 'tier1', $9, 'active', $7, $7, $7)
     ), sequence as (
       insert into partner_sequences (tenant_id, partner_id) values ($1, $5)
     )
     insert into referrals (tenant_id, id, partner_id, referred_user_id, referral_code, source, status, conversion_date, created_at)
     values ($1, $2, $5, $2, 'x', 'import', 'converted', $7, $7)`,
    [
      tenantId,
      customerId,
      names.customer,
      userId,
      names.partnerId,
      programId,
      NOW,
      `${userId}@example.com`,
      `p${userId}`,
    ],
  );
  return names;
}

async function program(): Promise<string> {
  await asOwner(
    database,
    `insert into programs (tenant_id, id, name, currency, created_at, updated_at)
     values ($1, $2, 'Test', 'USD', $3, $3) on conflict do nothing`,
    [tenantId, newId(), NOW],
  );
  const [row] = await asOwner<{ id: string }>(database, "select id from programs");
  return row?.id ?? "";
}

const payment = (externalId: string, fields: Partial<ReportedTransaction> = {}): ReportedTransaction => ({
  externalId: `${customer} ${externalId}`,
  customerExternalId: customer,
  kind: "payment",
  amount: 1_000n,
  currency: "USD",
  occurredAt: NOW,
  originalExternalId: null,
  tax: 0n,
  revenue: 0n,
  createCustomer: false,
  ...fields,
});

const refund = (externalId: string, original: string, fields: Partial<ReportedTransaction> = {}) =>
  payment(externalId, { kind: "refund", originalExternalId: `${customer} ${original}`, ...fields });

const statuses = (response: RecordTransactionsResponse) =>
  response.results.map((result) => result.error?.code ?? result.status);

/** The partner's sequence as it is kept: external ids without the customer's prefix, by number. */
async function sequence(): Promise<string[]> {
  const rows = await asOwner<{ external_id: string; number: string }>(
    database,
    "select external_id, number from transactions where partner_id = $1 order by number",
    [partnerId],
  );
  rows.forEach((row, index) => expect(Number(row.number)).toBe(index + 1));
  const [{ last_number } = { last_number: "" }] = await asOwner<{ last_number: string }>(
    database,
    "select last_number from partner_sequences where partner_id = $1",
    [partnerId],
  );
  expect(Number(last_number)).toBe(rows.length);
  return rows.map((row) => row.external_id.slice(customer.length + 1));
}

const toldNames = () => told.map((transaction) => transaction.externalId.slice(customer.length + 1));

describe("recording", () => {
  it("gives each event the next number of its partner, in the order given, and tells of it inside the transaction", async () => {
    expect(statuses(await record([payment("b"), payment("a", { kind: "card", revenue: 10n })]))).toEqual([
      "recorded",
      "recorded",
    ]);
    expect(await sequence()).toEqual(["b", "a"]);
    expect(told).toMatchObject([
      { partnerId, number: 1n, kind: "payment", amount: 1_000n, occurredAt: NOW, originalId: null },
      { partnerId, number: 2n, kind: "card", revenue: 10n },
    ]);
  });

  it("keeps nothing when a listener fails", async () => {
    const outbox = createOutbox(() => ({ "transaction.recorded": [() => Promise.reject(new Error("no"))] }));
    await expect(recordTransactions({ db, outbox, ...below })(ctx, [payment("a")])).rejects.toThrow("no");
    expect(await sequence()).toEqual([]);
  });

  it("answers the same event again as it did, and refuses other content under its name", async () => {
    const first = await record([payment("a")]);
    const again = await record([payment("a"), payment("a", { amount: 999n })]);
    expect(statuses(again)).toEqual(["duplicate", "transaction.conflict"]);
    expect(again.results[0]?.id).toBe(first.results[0]?.id);
    expect(await sequence()).toEqual(["a"]);
    expect(told).toHaveLength(1);
  });

  it("takes what is sound and says of the rest what is wrong with it", async () => {
    const response = await record([
      payment("a", { customerExternalId: "nobody" }),
      payment("b", { currency: "ZZZ" }),
      payment("c"),
      payment("d", { amount: -1n }),
      refund("e", "c", { currency: "EUR" }),
      refund("f", "c"),
      refund("g", "f"),
    ]);
    expect(statuses(response)).toEqual([
      "transaction.unknown_customer",
      "transaction.currency_unknown",
      "recorded",
      "transaction.amount_invalid",
      "transaction.currency_mismatch",
      "recorded",
      "transaction.original_not_reversible",
    ]);
    expect(response.results[0]).toMatchObject({ error: { facts: { field: "customerExternalId" } } });
    expect(await sequence()).toEqual(["c", "f"]);
  });

  it("makes a customer only where the event says so, and records what nobody earns on", async () => {
    const stranger = { customerExternalId: `${customer} 2`, createCustomer: true };
    expect(statuses(await record([payment("a", stranger), payment("b", stranger)]))).toEqual(["recorded", "recorded"]);
    expect(told).toMatchObject([
      { partnerId: null, referralId: null, number: null },
      { partnerId: null, referralId: null, number: null },
    ]);
    expect(statuses(await record([payment("a", { ...stranger, createCustomer: false })]))).toEqual(["duplicate"]);
  });

  it("ties a reversal that waited right after its original, in its partner's sequence", async () => {
    expect(statuses(await record([refund("r", "a")]))).toEqual(["waiting"]);
    expect(told).toEqual([]);
    expect(await sequence()).toEqual([]);
    await record([payment("a"), payment("b")]);
    expect(await sequence()).toEqual(["a", "r", "b"]);
    expect(toldNames()).toEqual(["a", "r", "b"]);
    expect(told[1]).toMatchObject({ originalId: told[0]?.id, partnerId, number: 2n });
    expect(statuses(await record([refund("r", "a")]))).toEqual(["duplicate"]);
  });

  it("shows a reversal that waited and does not fit its original as refused, and why", async () => {
    await record([refund("r", "a", { currency: "EUR" }), refund("s", "b")]);
    const customers = { findCustomerIds: findCustomersByExternalIds, findCustomerExternalIds };
    const list = async (query: object) =>
      (await findTransactions({ db, customers })(ctx, { customerExternalId: customer, ...query })).data;
    const before = await db.read(ctx, countRefused);
    expect(await list({ isRefused: true })).toEqual([]);
    await record([payment("a")]);
    const refusal = { code: "transaction.currency_mismatch", title: "A reversal is in the currency of its original" };
    expect(await list({ isRefused: true })).toMatchObject([{ externalId: `${customer} r`, isWaiting: false, refusal }]);
    expect(await list({ isWaiting: true })).toMatchObject([
      { externalId: `${customer} s`, isWaiting: true, refusal: null },
    ]);
    expect(await list({ isRefused: false, isWaiting: false })).toMatchObject([
      { externalId: `${customer} a`, refusal: null },
    ]);
    expect(await db.read(ctx, countRefused)).toBe(before + 1);
  });

  it("ties a chain of waiting reversals from its foot", async () => {
    await record([refund("won", "back", { kind: "chargeback_won" })]);
    await record([refund("back", "a", { kind: "chargeback" })]);
    await record([payment("a")]);
    expect(await sequence()).toEqual(["a", "back", "won"]);
  });

  it("takes as many statements for a thousand events as for ten", async () => {
    const statementsFor = async (count: number) => {
      let statements = 0;
      const counting: Database = {
        ...db,
        transaction: (inner, work) =>
          db.transaction(inner, (tx) => {
            const executor = tx.getExecutor();
            const original = executor.executeQuery.bind(executor);
            executor.executeQuery = ((...args: Parameters<typeof original>) => {
              statements += 1;
              return original(...args);
            }) as typeof original;
            return work(tx);
          }),
      };
      const verb = recordTransactions({ db: counting, outbox: createOutbox(() => ({})), ...below });
      await verb(
        ctx,
        Array.from({ length: count }, (_, index) => payment(`${count} ${index}`)),
      );
      return statements;
    };
    expect(await statementsFor(1_000)).toBe(await statementsFor(10));
  });
});

describe("two servers at once", () => {
  it("record the same event once", async () => {
    const responses = await Promise.all(Array.from({ length: 8 }, () => record([payment("a"), payment("b")])));
    expect(responses.flatMap(statuses).filter((status) => status === "recorded")).toHaveLength(2);
    expect(responses.flatMap(statuses).filter((status) => status === "duplicate")).toHaveLength(14);
    expect(await sequence()).toEqual(["a", "b"]);
  });

  it("record the same event of a customer who is nobody's once", async () => {
    const stranger = { customerExternalId: `${customer} 3`, createCustomer: true };
    const responses = await Promise.all(Array.from({ length: 8 }, () => record([payment("a", stranger)])));
    expect(responses.flatMap(statuses).toSorted()).toEqual([...Array<string>(7).fill("duplicate"), "recorded"]);
  });

  it("that use one external id for two customers record one and refuse the other, without a gap in any sequence", async () => {
    const other = await seedPartner();
    for (let round = 0; round < 10; round += 1) {
      const responses = await Promise.all([
        record([payment(`shared ${round}`)]),
        record([payment(`shared ${round}`, { customerExternalId: other.customer })]),
      ]);
      expect(responses.flatMap(statuses).toSorted()).toEqual(["recorded", "transaction.conflict"]);
    }
    const mine = await sequence();
    partnerId = other.partnerId;
    expect([...mine, ...(await sequence())]).toHaveLength(10);
  });

  it("that report an original and its reversals at once leave none of them waiting, and none lost", async () => {
    for (let round = 0; round < 15; round += 1) {
      await Promise.all([
        record([refund(`r${round}`, `p${round}`)]),
        record([refund(`w${round}`, `c${round}`, { kind: "chargeback_won" })]),
        record([payment(`p${round}`)]),
        record([refund(`c${round}`, `p${round}`, { kind: "chargeback" })]),
      ]);
    }
    const order = await sequence();
    expect(order).toHaveLength(60);
    for (let round = 0; round < 15; round += 1) {
      const places = ["p", "c", "w"].map((name) => order.indexOf(`${name}${round}`));
      expect(places).toEqual(places.toSorted((a, b) => a - b));
      expect(order.indexOf(`r${round}`)).toBeGreaterThan(order.indexOf(`p${round}`));
    }
    expect(told).toHaveLength(60);
  });

  it("the same, for a customer who is nobody's", async () => {
    const stranger = { customerExternalId: `${customer} 4`, createCustomer: true };
    await record([payment("first", stranger)]);
    for (let round = 0; round < 15; round += 1) {
      await Promise.all([
        record([refund(`r${round}`, `p${round}`, stranger)]),
        record([payment(`p${round}`, stranger)]),
      ]);
    }
    expect(told).toHaveLength(31);
  });

  it("with batches over the same customers in opposite order finish, each event once", async () => {
    const others = await Promise.all(Array.from({ length: 6 }, () => seedPartner()));
    const batch = others.flatMap((other, index) => [
      payment(`x ${index}`, { customerExternalId: other.customer }),
      payment(`y ${index}`, { customerExternalId: other.customer }),
    ]);
    const responses = await Promise.all(
      [batch, batch.toReversed(), batch, batch.toReversed()].map((events) => record(events)),
    );
    expect(responses.flatMap(statuses).filter((status) => status === "recorded")).toHaveLength(batch.length);
    expect(responses.flatMap(statuses).filter((status) => status === "duplicate")).toHaveLength(batch.length * 3);
  });
});

describe("a recorded transaction", () => {
  it("is never edited and never deleted, by anybody", async () => {
    const { results } = await record([payment("a"), refund("r", "a")]);
    const ids = results.map((result) => result.id);
    for (const change of [
      "update transactions set amount = 1 where id = $1",
      "update transactions set partner_id = null, referral_id = null, number = null where id = $1",
      "update transactions set number = 77 where id = $1",
      "update transactions set original_id = null where id = $1",
      "delete from transactions where id = $1",
    ]) {
      for (const id of ids) await expect(asOwner(database, change, [id])).rejects.toThrow(/never edited|append-only/);
    }
  });

  it("is not seen from another tenant, whose events of the same name are its own", async () => {
    await record([payment("a")]);
    const elsewhere = await seedTenant(database, { at: NOW, isOperator: false });
    const verb = recordTransactions({ db, outbox: createOutbox(() => ({})), ...below });
    const response = await verb({ ...ctx, tenantId: elsewhere }, [payment("a", { createCustomer: true, amount: 5n })]);
    expect(statuses(response)).toEqual(["recorded"]);
  });
});
