import fc from "fast-check";
import { afterAll, beforeAll, expect, it } from "vitest";
import { type CommissionWorld, commissionWorld } from "../../test/kit/commissions.ts";
import { compareBooks } from "../../test/kit/compare-books.ts";
import { asOwner } from "../../test/kit/postgres.ts";
import { newId } from "../kernel/id.ts";
import { commissionApproved, commissionAssessed } from "../ledger/index.ts";
import type { NewItem } from "./payout-repository.ts";
import { drawItems } from "./payout-rules.ts";
import { drawnItems, unpaidSums } from "./unpaid-commissions.ts";

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
it("what is drawn is exact at any bound of the rows that a statement reads, for several accounts at once", async () => {
  const amounts = fc.array(
    fc.bigInt({ min: -20n, max: 100n }).filter((amount) => amount !== 0n),
    { minLength: 1, maxLength: 9 },
  );
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.tuple(amounts, fc.bigInt({ min: 0n, max: 1_000n })), { minLength: 1, maxLength: 3 }),
      fc.integer({ min: 1, max: 12 }),
      async (partners, rowsAtOnce) => {
        const accounts = await Promise.all(
          partners.map(async ([earned, wanted]) => {
            const partnerId = await world.newPartner();
            const sum = earned.reduce((all, amount) => all + amount, 0n);
            // Books hold what is above zero alone.
            const rest = sum < 1n ? 1n - sum : 1n;
            await approved(
              partnerId,
              [...earned, rest].map((amount) => [amount, 1] as const),
            );
            return { id: newId(), partnerId, currency: "USD", amount: wanted % (sum + rest + 1n), whole: sum + rest };
          }),
        );
        await world.db.read(world.system(), async (tx) => {
          const deps = { commissions: world.commissions };
          expect(await unpaidSums(deps, rowsAtOnce)(tx, accounts)).toEqual(accounts.map(({ whole }) => whole));
          const drawn: NewItem[] = [];
          for await (const items of drawnItems(deps, tx, accounts, rowsAtOnce)) drawn.push(...items);
          const pages = await world.commissions.approvedCommissions(tx, accounts, 100);
          for (const [index, { id, amount }] of accounts.entries()) {
            const rows = (pages[index] ?? []).map((row) => ({ id: row.id, unpaid: row.amount }));
            const expected = drawItems(rows, amount).items.map((item, place) => ({
              ...item,
              payoutId: id,
              line: place + 1,
            }));
            expect(drawn.filter(({ payoutId }) => payoutId === id)).toEqual(expected);
          }
        });
      },
    ),
    { numRuns: 15 },
  );
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
