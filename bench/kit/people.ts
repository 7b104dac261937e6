import type { Program } from "./program.ts";

export const JOINED_AT = new Date("2024-01-01T00:00:00Z");
const TIERS = ["tier1", "tier2", "tier3", "tier4"] as const;
const BATCH_SIZE = 2_500;

export const codeOf = (partner: number): string => `partner-${partner}`;
export const customerOf = (customer: number): string => `customer-${customer}`;

/** Imports partners, over the four tiers, active since `JOINED_AT`. Returns their ids in order. */
export async function importPartners({ app, ctx }: Program, count: number): Promise<string[]> {
  const ids: string[] = [];
  for (let start = 0; start < count; start += BATCH_SIZE) {
    const results = await app.partners.importPartners(
      ctx(),
      Array.from({ length: Math.min(BATCH_SIZE, count - start) }, (_, index) => ({
        externalId: `partner-${start + index}`,
        email: `partner-${start + index}@example.com`,
        companyName: `Partner ${start + index}`,
        tier: TIERS[(start + index) % TIERS.length] ?? "tier1",
        referralCode: codeOf(start + index),
        joinedAt: JOINED_AT,
      })),
    );
    for (const result of results) {
      if (result.status !== "imported" || result.partnerId === null) throw new Error("a partner was not imported");
      ids.push(result.partnerId);
    }
  }
  return ids;
}

/** Imports customers, each converted by a partner, turn by turn. */
export async function importCustomers(
  { app, ctx }: Program,
  of: { readonly customers: number; readonly partners: number },
): Promise<void> {
  for (let start = 0; start < of.customers; start += BATCH_SIZE) {
    const { results } = await app.referrals.importReferrals(
      ctx(),
      Array.from({ length: Math.min(BATCH_SIZE, of.customers - start) }, (_, index) => ({
        externalId: customerOf(start + index),
        referralCode: codeOf((start + index) % of.partners),
        clickedAt: null,
        convertedAt: JOINED_AT,
        email: null,
      })),
    );
    if (results.some(({ status }) => status !== "imported")) throw new Error("a customer was not imported");
  }
}
