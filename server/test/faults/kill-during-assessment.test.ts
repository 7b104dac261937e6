import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type FaultSite, openFaultSite } from "../kit/fault-site.ts";
import { asOwnerOf } from "../kit/installations.ts";
import { until } from "../kit/server-process.ts";

const PATIENCE_MS = 240_000;
const BATCHES = 24;
const CUSTOMERS_PER_BATCH = 8;
const PARTNERS = 3;
const CLIENTS = 6;
const KILLED_EVERY = 6;
/** The first tier of the default plan. */
const SIGNUP_BONUS = 5_000;
const RATE = 0.1;

let site: FaultSite;
beforeAll(async () => {
  site = await openFaultSite({ partners: PARTNERS });
}, PATIENCE_MS);
afterAll(() => site?.[Symbol.asyncDispose](), PATIENCE_MS);

type Event = {
  readonly externalId: string;
  readonly customerExternalId: string;
  readonly kind: "payment" | "refund";
  readonly amount: number;
  readonly originalExternalId?: string;
};

/** Two payments and the refund of a part of the second, for each customer of a batch; all partners are in all batches. */
const eventsOf = (batch: number): Event[] =>
  customersOf(batch).flatMap((customerExternalId, index) => {
    const amount = 1_000 + batch * 100 + index * 10;
    const name = (what: string): string => `${customerExternalId}-${what}`;
    return [
      { externalId: name("first"), customerExternalId, kind: "payment", amount },
      { externalId: name("second"), customerExternalId, kind: "payment", amount: amount * 2 },
      {
        externalId: name("back"),
        customerExternalId,
        kind: "refund",
        amount: amount - 500,
        originalExternalId: name("second"),
      },
    ] as const;
  });
const customersOf = (batch: number): string[] =>
  Array.from({ length: CUSTOMERS_PER_BATCH }, (_, index) => `customer-${batch}-${index}`);
const partnerOf = (index: number): number => index % PARTNERS;

/** What each partner has earned, reckoned from the events alone. */
function naiveTotals(): number[] {
  const totals = Array.from({ length: PARTNERS }, () => 0);
  for (let batch = 0; batch < BATCHES; batch += 1) {
    for (const [index, customer] of customersOf(batch).entries()) {
      const own = eventsOf(batch).filter((event) => event.customerExternalId === customer);
      const paid = own.reduce((sum, { kind, amount }) => sum + (kind === "payment" ? amount : -amount), 0);
      totals[partnerOf(index)] = (totals[partnerOf(index)] ?? 0) + SIGNUP_BONUS + paid * RATE;
    }
  }
  return totals;
}

const bodyOf = (batch: number): object => ({
  transactions: eventsOf(batch).map((event) => ({ ...event, currency: "USD", occurredAt: "2026-02-01T12:00:00Z" })),
});

describe("a batch of transactions that is sent until it is answered", () => {
  it(
    "is recorded and assessed once, whatever is killed meanwhile",
    async () => {
      const rows = Array.from({ length: BATCHES }, (_, batch) => customersOf(batch)).flatMap((customers) =>
        customers.map((externalId, index) => ({
          externalId,
          referralCode: `code-${partnerOf(index)}`,
          clickedAt: null,
          convertedAt: new Date("2026-01-15T12:00:00Z"),
          email: null,
        })),
      );
      const { results } = await site.within((app, ctx) => app.referrals.importReferrals(ctx, rows));
      expect(new Set(results.map(({ status }) => status))).toEqual(new Set(["imported"]));

      const answers: { status: string }[] = [];
      let answered = 0;
      const waiting = Array.from({ length: BATCHES }, (_, batch) => batch);
      const client = async (): Promise<void> => {
        for (let batch = waiting.shift(); batch !== undefined; batch = waiting.shift()) {
          const reply = await site.insist("POST", "/api/v1/transactions", {
            key: `batch-${batch}`,
            body: bodyOf(batch),
          });
          expect(reply).toMatchObject({ status: 200 });
          answers.push(...(JSON.parse(reply.text) as { results: { status: string }[] }).results);
          answered += 1;
        }
      };
      const killer = async (): Promise<void> => {
        for (let turn = 1; turn * KILLED_EVERY < BATCHES; turn += 1) {
          await until(() => answered >= turn * KILLED_EVERY);
          if (turn % 2 === 0) {
            await site.killDatabase();
          } else {
            await site.killServer();
            await site.startServer();
          }
          await site.isReady();
        }
      };
      await Promise.all([killer(), ...Array.from({ length: CLIENTS }, client)]);

      const count = BATCHES * CUSTOMERS_PER_BATCH * 3;
      // A repetition is answered as the first time would have been: never as a duplicate.
      expect(answers).toHaveLength(count);
      expect(new Set(answers.map(({ status }) => status))).toEqual(new Set(["recorded"]));
      const recorded = await asOwnerOf<{ events: number; names: number }>(
        site.home,
        "select count(*)::int as events, count(distinct external_id)::int as names from tributary.transactions",
      );
      expect(recorded).toEqual([{ events: count, names: count }]);
      const earned = await asOwnerOf<{ partner_id: string; total: number }>(
        site.home,
        "select partner_id, sum(amount)::int as total from tributary.commissions where status <> 'cancelled' group by 1",
      );
      const totals = new Map(earned.map((row) => [row.partner_id, row.total]));
      expect(site.partners.map(({ id }) => totals.get(id))).toEqual(naiveTotals());
      await site.expectProven();
    },
    PATIENCE_MS,
  );
});
