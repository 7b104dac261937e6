import type { ReadTx } from "../platform/database/index.ts";
import type { ReferralDeps } from "./referral-deps.ts";

export type TermsAt = { readonly id: string; readonly attributionWindowDays: number };

/**
 * The terms of partners at many instants, with few questions. Terms that come into force later never give way to earlier ones, so where the
 * terms at both ends of a span are the same, they are the same between; only a span in which they change is halved.
 */
export async function termsAtInstants(
  deps: Pick<ReferralDeps, "partners">,
  tx: ReadTx,
  asked: readonly { readonly partnerId: string; readonly at: Date }[],
): Promise<(partnerId: string, at: Date) => TermsAt | undefined> {
  const instants = [...new Set(asked.map(({ at }) => at.getTime()))].toSorted((a, b) => a - b);
  const known = new Map<string, TermsAt | undefined>();
  const keyOf = (partnerId: string, atMs: number) => `${partnerId} ${atMs}`;

  const resolve = async (partnerIds: readonly string[], low: number, high: number): Promise<void> => {
    const ends = [...new Set([instants[low] ?? 0, instants[high] ?? 0])];
    const terms = new Map<number, ReadonlyMap<string, TermsAt>>();
    for (const atMs of ends) terms.set(atMs, await deps.partners.currentTerms(tx, partnerIds, new Date(atMs)));
    const [first, last] = [terms.get(ends[0] ?? 0), terms.get(ends.at(-1) ?? 0)];
    const changing: string[] = [];
    for (const partnerId of partnerIds) {
      const [early, late] = [first?.get(partnerId), last?.get(partnerId)];
      if (early?.id !== late?.id && high - low > 1) changing.push(partnerId);
      else if (early?.id === late?.id)
        for (const atMs of instants.slice(low, high + 1)) known.set(keyOf(partnerId, atMs), early);
      for (const [atMs, ofPartner] of [
        [ends[0], early],
        [ends.at(-1), late],
      ] as const)
        if (atMs !== undefined) known.set(keyOf(partnerId, atMs), ofPartner);
    }
    if (changing.length === 0) return;
    const middle = (low + high) >> 1;
    await resolve(changing, low, middle);
    await resolve(changing, middle, high);
  };

  const partnerIds = [...new Set(asked.map(({ partnerId }) => partnerId))];
  if (partnerIds.length > 0) await resolve(partnerIds, 0, instants.length - 1);
  return (partnerId, at) => known.get(keyOf(partnerId, at.getTime()));
}
