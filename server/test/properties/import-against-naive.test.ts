import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { replay } from "../../src/commissions/replay.ts";
import { BATCH_SIZE_MAX } from "../../src/sales/index.ts";
import { type AssessmentWorld, assessmentWorld } from "../kit/assessment.ts";
import { asOwner } from "../kit/postgres.ts";

let world: AssessmentWorld;
beforeAll(async () => {
  world = await assessmentWorld();
});
afterAll(() => world[Symbol.asyncDispose]());

const PARTNERS = 8;
const CUSTOMERS = 160;
const EVENTS = 4_000;
const DAY_MS = 86_400_000;

/** A small generator of numbers with a fixed seed (Park and Miller): the same import on every run. */
function numbers(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (state * 48_271) % 2_147_483_647;
    return state % below;
  };
}

type Imported = {
  readonly externalId: string;
  readonly customer: number;
  readonly kind: "payment" | "card" | "refund";
  readonly amount: number;
  readonly tax: number;
  readonly at: number;
  readonly original: number | null;
};

/** Payments, card spend and refunds (late enough that no signup falls) of many customers over two years, in the order of their dates. */
function makeImport(): Imported[] {
  const next = numbers(20_260_101);
  const sales = Array.from({ length: EVENTS }, (_, index): Imported => {
    const kind = next(3) === 0 ? "card" : "payment";
    const amount = next(30_000) + 1;
    return {
      externalId: `sale ${index}`,
      customer: next(CUSTOMERS),
      kind,
      amount,
      tax: next(2) === 0 ? Math.floor(amount / 5) : 0,
      at: Date.UTC(2023, 0, 1) + next(730 * 86_400) * 1_000,
      original: null,
    };
  });
  const refunds = sales.flatMap((sale, index) =>
    Array.from({ length: [0, 0, 0, 0, 0, 1, 2, 3][next(8)] ?? 0 }, (_, part): Imported => {
      const amount = Math.max(1, Math.floor((sale.amount * (next(60) + 1)) / 100));
      const at = sale.at + (40 + part) * DAY_MS;
      return { ...sale, externalId: `refund ${index} ${part}`, kind: "refund", amount, tax: 0, at, original: index };
    }),
  );
  return [...sales, ...refunds].toSorted((a, b) => a.at - b.at || (a.externalId < b.externalId ? -1 : 1));
}

/**
 * The rules of money once more, for these events alone, in plain numbers: nothing of the engine is used. Odd partners are resellers
 * (25 % for ever, 26.25 % from 50 clients, 27.5 % from 100, 0.1 % of volume), even ones affiliates (10 % for twelve months).
 */
function naive(imported: readonly Imported[], partnerOf: (customer: number) => number) {
  const clients = Array.from({ length: PARTNERS }, () => 0);
  const first = new Map<number, Date>();
  const earned = new Map<string, { amount: number; of: number; refunded: number; partner: number }>();
  const signups = Array.from({ length: PARTNERS }, () => 0);
  for (const { customer, kind, amount, tax, at, externalId, original } of imported) {
    const partner = partnerOf(customer);
    const isReseller = partner % 2 === 1;
    const base = amount - tax;
    if (kind === "refund") {
      const sale = earned.get(`sale ${original}`);
      if (sale) sale.refunded = Math.min(sale.of, sale.refunded + amount);
    } else if (kind === "card") {
      const volume = isReseller ? Math.floor((amount + 500) / 1_000) : 0;
      earned.set(externalId, { amount: volume, of: amount, refunded: 0, partner });
    } else {
      if (base > 0 && !first.has(customer)) {
        first.set(customer, new Date(at));
        clients[partner] = (clients[partner] ?? 0) + 1;
        signups[partner] = (signups[partner] ?? 0) + (isReseller ? 10_000 : 5_000);
      }
      const start = first.get(customer);
      const count = clients[partner] ?? 0;
      const tenThousandths = isReseller ? (count >= 100 ? 2_750 : count >= 50 ? 2_625 : 2_500) : 1_000;
      const runs = start !== undefined && (isReseller || new Date(at).toISOString().slice(0, 10) < yearLater(start));
      const commission = runs ? Math.floor((base * tenThousandths + 5_000) / 10_000) : 0;
      earned.set(externalId, { amount: commission, of: amount, refunded: 0, partner });
    }
  }
  return Array.from({ length: PARTNERS }, (_, partner) => {
    const sales = [...earned.values()].filter((sale) => sale.partner === partner);
    const net = sales.reduce(
      (sum, { amount, of, refunded }) => sum + amount - Math.floor((2 * amount * refunded + of) / (2 * of)),
      0,
    );
    return { clients: clients[partner] ?? 0, pending: net + (signups[partner] ?? 0) };
  });
}

/** 29 February does not occur in these two years as a first payment's anniversary. */
const yearLater = (start: Date): string => `${start.getUTCFullYear() + 1}${start.toISOString().slice(4, 10)}`;

describe("an import of some thousand events", () => {
  it("comes to what an independent calculation comes to, partner by partner, and is proven", async () => {
    const earners: { readonly partnerId: string; readonly termsId: string }[] = [];
    for (let index = 0; index < PARTNERS; index += 1)
      earners.push(await world.newEarner(index % 2 === 1 ? "tier2" : "tier1"));
    // Most customers are the first reseller's, so that its count passes both thresholds.
    const partnerOf = (customer: number): number => (customer < 120 ? 1 : customer % PARTNERS);
    const customers: { readonly externalId: string }[] = [];
    for (let index = 0; index < CUSTOMERS; index += 1) {
      const earner = earners[partnerOf(index)];
      if (earner) customers.push(await world.newCustomer(earner));
    }

    const imported = makeImport();
    for (let start = 0; start < imported.length; start += BATCH_SIZE_MAX) {
      const batch = imported.slice(start, start + BATCH_SIZE_MAX);
      const { results } = await world.sales.recordTransactions(
        world.system(),
        batch.map(({ externalId, customer, kind, amount, tax, at, original }) => ({
          externalId,
          customerExternalId: customers[customer]?.externalId ?? "",
          kind,
          amount: BigInt(amount),
          currency: "USD",
          occurredAt: new Date(at),
          originalExternalId: original === null ? null : `sale ${original}`,
          tax: BigInt(tax),
          revenue: 0n,
          createCustomer: false,
        })),
      );
      expect(results.every(({ status }) => status === "recorded")).toBe(true);
    }

    const expected = naive(imported, partnerOf);
    const actual = [];
    for (const { partnerId } of earners) {
      const [standing] = await asOwner<{ clients: number }>(
        world.clone,
        "select clients from partner_standings where partner_id = $1",
        [partnerId],
      );
      actual.push({ clients: standing?.clients, pending: Number((await world.balances(partnerId)).pending) });
    }
    expect(actual).toEqual(expected);
    expect(expected[1]?.clients).toBeGreaterThanOrEqual(100);
    const { differences } = await world.db.read(world.system(), (tx) => replay(world.deps)(tx));
    expect(differences).toEqual([]);
  }, 240_000);
});
