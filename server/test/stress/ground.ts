import { expect } from "vitest";
import { invariant } from "../../src/kernel/invariant.ts";
import type { Ctx } from "../../src/platform/context.ts";
import { PARTNER_SCOPES } from "../../src/platform/scopes.ts";
import type { ReportedTransaction } from "../../src/sales/index.ts";
import type { WholeApp } from "../kit/app.ts";
import { BANK } from "../kit/journey-steps.ts";
import { asOwner, type ClonedDatabase } from "../kit/postgres.ts";

export const PARTNERS = ["affiliate", "reseller", "whitelabel", "technology"] as const;
const CUSTOMERS_OF_A_PARTNER = 4;
export const NOBODY = "00000000-0000-4000-8000-000000000000";

/** Numbers that a seed decides (mulberry32). */
function numbersOf(seed: number) {
  let state = seed;
  const next = (): number => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
  const below = (limit: number): number => Math.floor(next() * limit);
  const pick = <Item>(items: readonly Item[]): Item => {
    const item = items[below(items.length)];
    invariant(item !== undefined, "there is something to pick from");
    return item;
  };
  return { below, pick };
}
type Numbers = ReturnType<typeof numbersOf>;

/** What hands know together: who is there, and what has been reported so far. */
export type Ground = {
  readonly world: WholeApp;
  readonly database: ClonedDatabase;
  readonly numbers: Numbers;
  readonly partnerIds: readonly string[];
  readonly customers: string[];
  readonly reported: ReportedTransaction[];
};

/** A partner of each kind, paid by bank file, with a few customers each. */
export async function newGround(world: WholeApp, database: ClonedDatabase, seed: number): Promise<Ground> {
  const { app, ctx } = world;
  const imported = await app.partners.importPartners(
    ctx(),
    PARTNERS.map((partnerType) => ({
      externalId: partnerType,
      email: `${partnerType}@partners.test`,
      partnerType,
      referralCode: `code-${partnerType}`,
      joinedAt: new Date("2025-01-01T00:00:00Z"),
    })),
  );
  expect(imported.map(({ status }) => status)).toEqual(PARTNERS.map(() => "imported"));
  const partnerIds = (await asOwner<{ id: string }>(database, "select id from partners order by id")).map(
    ({ id }) => id,
  );
  const customers: string[] = [];
  for (const partnerType of PARTNERS) {
    const rows = Array.from({ length: CUSTOMERS_OF_A_PARTNER }, (_, index) => ({
      externalId: `${partnerType} ${index}`,
      referralCode: `code-${partnerType}`,
      clickedAt: null,
      convertedAt: new Date("2025-06-01T00:00:00Z"),
      email: null,
    }));
    const { results } = await app.referrals.importReferrals(ctx(), rows);
    expect(results.map(({ status }) => status)).toEqual(rows.map(() => "imported"));
    customers.push(...rows.map(({ externalId }) => externalId));
  }
  for (const partnerId of partnerIds) await app.payouts.updatePaymentMethod(asPartner(world, partnerId), BANK);
  return { world, database, numbers: numbersOf(seed), partnerIds, customers, reported: [] };
}

/** One of the rows that a from-clause finds, or nobody. */
export const anyId = async ({ database, numbers }: Ground, from: string): Promise<string> => {
  const rows = await asOwner<{ id: string }>(database, `select id from ${from} order by id`);
  return rows.length === 0 ? NOBODY : numbers.pick(rows).id;
};
export const asPartner = (world: WholeApp, partnerId: string): Ctx => ({
  ...world.ctx(),
  actor: { type: "key", keyId: partnerId, partnerId, scopes: new Set(PARTNER_SCOPES) },
});
