import fc from "fast-check";
import { sql } from "kysely";
import { afterAll, beforeAll, expect, it } from "vitest";
import { type CommissionWorld, commissionWorld } from "../../test/kit/commissions.ts";
import { compareBooks } from "../../test/kit/compare-books.ts";
import { asOwner } from "../../test/kit/postgres.ts";
import { newId } from "../kernel/id.ts";
import { commissionApproved, commissionAssessed } from "../ledger/index.ts";
import type { PayoutDeps } from "./payout-deps.ts";
import type { NewItem } from "./payout-repository.ts";
import { drawnItems, findUnpaid, unpaidSums } from "./unpaid-commissions.ts";

let world: CommissionWorld;
beforeAll(async () => {
  world = await commissionWorld();
});
afterAll(() => world[Symbol.asyncDispose]());

/** Approved rows of a partner, each a millisecond after the one before, with the books of what they add up to (above zero). */
async function approved(partnerId: string, amounts: readonly (readonly [amount: bigint, rows: number])[]) {
  for (const [amount, rows] of amounts)
    await asOwner(
      world.clone,
      `insert into commissions (tenant_id, id, partner_id, event_id, rule, commission_type, amount, currency, status, occurred_at, hold_until,
              calculated_at, approved_at, created_at)
       select $1, gen_random_uuid(), $2, gen_random_uuid(), 'recurring', 'recurring', $3::bigint, 'USD', 'approved', at, at, at, at, at
         from (select $4::timestamptz + n * interval '1 millisecond' as at from generate_series(1, $5::int) n) moments`,
      [world.tenantId, partnerId, String(amount), world.clock.now(), rows],
    );
  // As a running database does: its statistics know of the rows.
  await asOwner(world.clone, "analyze commissions");
  const amount = amounts.reduce((sum, [each, rows]) => sum + each * BigInt(rows), 0n);
  await world.db.transaction(world.system(), async (tx) => {
    await world.ledger.lock(tx, [{ partnerId, currency: "USD" }]);
    const booking = { sourceId: newId(), partnerId, currency: "USD", amount, at: world.clock.now() };
    await world.ledger.post(tx, [commissionAssessed(booking), commissionApproved({ ...booking, debt: 0n })]);
  });
}
const request = (partnerId: string) => world.payouts.requestPayoutFor(world.operator(), { partnerId, currency: "USD" });
const itemsOf = async (payoutId: string) =>
  (
    await asOwner<Record<string, string>>(
      world.clone,
      "select count(*) as rows, sum(amount) as amount, max(line) as last from payout_items where payout_id = $1",
      [payoutId],
    )
  )[0];

type Seed = {
  readonly amount: number;
  /** How much of it another payout holds, in hundredths. */
  readonly held: number;
  readonly state: "reserved" | "confirmed" | "released";
  readonly status: "approved" | "pending" | "paid";
  readonly currency: "USD" | "EUR";
  /** Minutes: few of them, so that many rows are approved at once. */
  readonly approved: number | null;
  readonly occurred: number;
};
const START = new Date("2025-06-01T00:00:00Z");
const minutes = (count: number) => new Date(START.getTime() + count * 60_000);
const oneOf = fc.constantFrom;
const seeds: fc.Arbitrary<Seed[]> = fc.array(
  fc.record({
    amount: fc.integer({ min: -20, max: 100 }).filter((amount) => amount !== 0),
    held: oneOf(0, 0, 30, 50, 100),
    state: oneOf("reserved" as const, "confirmed" as const, "released" as const),
    status: oneOf("approved" as const, "approved" as const, "approved" as const, "pending" as const, "paid" as const),
    currency: oneOf("USD" as const, "USD" as const, "USD" as const, "EUR" as const),
    approved: oneOf(0, 1, 2, null),
    occurred: fc.integer({ min: 0, max: 3 }),
  }),
  { minLength: 1, maxLength: 12 },
);
/** More than all reversals of a partner add up to, nowhere held, and earned before everything else: something is there to draw. */
const ENOUGH: Seed = {
  amount: 300,
  held: 0,
  state: "reserved",
  status: "approved",
  currency: "USD",
  approved: 1,
  occurred: 0,
};

/** A partner with rows, and with another payout that holds what is said of them. */
async function seeded(rows: readonly Seed[]): Promise<string> {
  const [partnerId, payoutId] = [await world.newPartner(), newId()];
  const values = rows.map(({ held, ...row }) => ({ ...row, id: newId(), held: Math.trunc((row.amount * held) / 100) }));
  const given = `json_to_recordset($2::json) as r (id uuid, amount bigint, held bigint, state text, status text, currency text, approved int, occurred int)`;
  await asOwner(
    world.clone,
    `insert into commissions (tenant_id, id, partner_id, event_id, rule, commission_type, amount, currency, status, occurred_at, hold_until,
            calculated_at, approved_at, created_at)
     select p.tenant_id, r.id, p.id, r.id, 'recurring', 'recurring', r.amount, r.currency, r.status, $3::timestamptz + r.occurred * interval '1 minute',
            $3, $3, $3::timestamptz + r.approved * interval '1 minute', $3
       from partners p, ${given}
      where p.id = $1`,
    [partnerId, JSON.stringify(values), START],
  );
  await asOwner(
    world.clone,
    `insert into partner_payouts (tenant_id, id, partner_id, method_id, amount, currency, payment_method, requested_by, requested_at, created_at)
     select tenant_id, $2, partner_id, id, 1, 'USD', kind, 'partner', $3, $3 from payout_methods where partner_id = $1 limit 1`,
    [partnerId, payoutId, START],
  );
  await asOwner(
    world.clone,
    `insert into payout_items (tenant_id, payout_id, line, kind, commission_id, amount, state)
     select p.tenant_id, p.id, row_number() over (), 'commission', r.id, r.held, r.state
       from partner_payouts p, ${given}
      where p.id = $1 and r.held <> 0`,
    [payoutId, JSON.stringify(values)],
  );
  return partnerId;
}

/** What no payout holds of a partner's rows, with what they add up to as far as each: in one statement, of no rounds. */
const UNPAID = `
  unpaid as (
    select c.id, c.amount < 0 as owed, c.approved_at,
           c.amount - coalesce((select sum(i.amount) from payout_items i where i.commission_id = c.id and i.state in ('reserved', 'confirmed')), 0)
             as unpaid
      from commissions c
     where c.partner_id = $1 and c.currency = 'USD' and c.status = 'approved' and c.occurred_at <= coalesce($2::timestamptz, 'infinity')),
  running as (
    select *, sum(unpaid) over (order by owed desc, approved_at nulls last, id rows unbounded preceding) as through
      from unpaid
     where unpaid <> 0)`;
const expectedSum = async (partnerId: string, until: Date | undefined): Promise<bigint> => {
  const [row] = await asOwner<{ sum: string }>(
    world.clone,
    `with ${UNPAID} select sum(unpaid)::text as sum from unpaid`,
    [partnerId, until ?? null],
  );
  return BigInt(row?.sum ?? "");
};
const expectedItems = async (partnerId: string, until: Date | undefined, amount: bigint) =>
  (
    await asOwner<{ id: string; amount: string; line: number }>(
      world.clone,
      `with ${UNPAID}
       select id, least(unpaid, $3 - (through - unpaid))::text as amount, row_number() over (order by owed desc, approved_at nulls last, id)::int as line
         from running
        where through - unpaid < $3::bigint
        order by line`,
      [partnerId, until ?? null, String(amount)],
    )
  ).map((item) => ({ commissionId: item.id, amount: BigInt(item.amount), line: item.line }));

it("sums and items are those of all rows together, at any bound of the rows that a statement reads, for several accounts at once", async () => {
  const accounts = fc.array(
    fc.record({
      seeds,
      wanted: fc.bigInt({ min: 0n, max: 1_000n }),
      until: oneOf(undefined, minutes(0), minutes(1), minutes(2)),
    }),
    { minLength: 1, maxLength: 3 },
  );
  await fc.assert(
    fc.asyncProperty(accounts, fc.integer({ min: 1, max: 12 }), async (given, rowsAtOnce) => {
      const drawings = await Promise.all(
        given.map(async ({ seeds: rows, wanted, until }) => {
          const partnerId = await seeded([...rows, ENOUGH]);
          const whole = await expectedSum(partnerId, until);
          const amount = (wanted % whole) + 1n;
          const items = await expectedItems(partnerId, until, amount);
          return { id: newId(), partnerId, currency: "USD", until, amount, whole, items };
        }),
      );
      await world.db.read(world.system(), async (tx) => {
        const deps = { commissions: world.commissions };
        expect(await unpaidSums(deps, rowsAtOnce)(tx, drawings)).toEqual(drawings.map(({ whole }) => whole));
        const unpaid = await findUnpaid(deps, tx, drawings, rowsAtOnce);
        const read = drawings.map((drawing, place) => ({ ...drawing, rows: unpaid[place]?.rows }));
        // Read anew, and from what was read when they were decided.
        for (const payouts of [drawings, read]) {
          const drawn: NewItem[] = [];
          for await (const items of drawnItems(deps, tx, payouts, rowsAtOnce)) drawn.push(...items);
          expect(drawn).toHaveLength(drawings.flatMap(({ items }) => items).length);
          for (const { id, items } of drawings)
            expect(drawn.filter(({ payoutId }) => payoutId === id)).toEqual(
              items.map((item) => ({ ...item, payoutId: id })),
            );
        }
      });
    }),
    { numRuns: 20 },
  );
});

it("a round reads its own rows, and none of the rounds before or of accounts that are gone through, whose room the others have", async () => {
  const partnerIds = await Promise.all([1, 2, 3].map(() => world.newPartner()));
  const [most = "", few = "", some = ""] = partnerIds;
  await approved(most, [
    [-1n, 250],
    [2n, 1_750],
  ]);
  await approved(few, [[3n, 20]]);
  await approved(some, [[5n, 390]]);
  const accounts = partnerIds.map((partnerId) => ({ partnerId, currency: "USD" }));
  const rounds: { readonly asked: number; readonly limit: number; readonly found: number; readonly read: number }[] =
    [];
  const sums = await world.db.read(world.system(), async (tx) => {
    const rowsRead = async () => {
      const { rows } = await sql<{ read: bigint }>`
        select seq_tup_read + idx_tup_fetch as read from pg_stat_xact_user_tables where relname = 'commissions'`.execute(
        tx,
      );
      return Number(rows[0]?.read);
    };
    const approvedCommissions: PayoutDeps["commissions"]["approvedCommissions"] = async (_tx, of, limit) => {
      const before = await rowsRead();
      const pages = await world.commissions.approvedCommissions(tx, of, limit);
      rounds.push({ asked: of.length, limit, found: pages.flat().length, read: (await rowsRead()) - before });
      return pages;
    };
    return unpaidSums({ commissions: { approvedCommissions } }, 300)(tx, accounts);
  });
  expect(sums).toEqual([3_250n, 60n, 1_950n]);
  expect(rounds.map(({ asked, limit, found }) => [asked, limit, found])).toEqual([
    [3, 100, 220],
    [2, 150, 300],
    [2, 150, 290],
    [1, 300, 300],
    [1, 300, 300],
    [1, 300, 300],
    [1, 300, 300],
    [1, 300, 300],
    [1, 300, 100],
  ]);
  // Besides what it finds, a round reads the row that it goes on from, of each account.
  for (const { asked, found, read } of rounds) expect(read).toBeLessThanOrEqual(found + asked);
});

it("a payout is of all that is left after reversals, however many rows it is made of, and pays them; another is of what it does not hold", async () => {
  const partnerId = await world.newPartner();
  await approved(partnerId, [
    [-1n, 20_100],
    [20_200n, 1],
  ]);
  const { id, amount } = await request(partnerId);
  expect(amount).toBe(100n);
  expect(await itemsOf(id)).toEqual({ rows: "20101", amount: "100", last: 20_101 });
  await approved(partnerId, [[7n, 2]]);
  expect(await request(partnerId)).toMatchObject({ amount: 14n });
  await world.payouts.processPayout(world.operator(), { payoutId: id });
  world.said.outcome = { kind: "confirmed", transferId: "" };
  await world.payouts.sendTransfer(world.system(), { payoutId: id, attempt: 1 });
  const { books, rows } = await compareBooks(world, partnerId);
  expect(rows).toEqual(books);
});
