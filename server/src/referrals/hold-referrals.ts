import type { ReadTx, Tx } from "../platform/database/index.ts";
import type { Referral } from "./referral.ts";
import type { ReferralDeps } from "./referral-deps.ts";
import { findAllReferralsOf, findReferrals } from "./referral-repository.ts";

/**
 * Holds the customers of referrals, and then the sequences of everybody who has one of them or had it before a re-attribution: what is recorded
 * about such a customer is recorded for all of these. Returns, by each id given, all referrals of its customer, the current one last; nothing of
 * it is converted, re-attributed or rejected by anybody else until the transaction ends.
 */
export const holdReferrals =
  ({ customers, partners }: Pick<ReferralDeps, "customers" | "partners">) =>
  async (tx: Tx, referralIds: readonly string[]): Promise<ReadonlyMap<string, readonly Referral[]>> => {
    const asked = await findReferrals(tx, referralIds);
    const customerIds = [...new Set([...asked.values()].flatMap(({ referredUserId }) => referredUserId ?? []))];
    const known = await customers.findCustomers(tx, customerIds);
    await customers.lockCustomers(
      tx,
      [...known.values()].flatMap(({ externalId }) => externalId ?? []),
    );
    // Read once more: a customer may have gone to another partner until it was held.
    const all = await findAllReferralsOf(tx, customerIds);
    await partners.lockSequences(tx, [...new Set(all.map(({ partnerId }) => partnerId))]);
    const byCustomer = Map.groupBy(all, ({ referredUserId }) => referredUserId);
    return new Map([...asked.values()].map((one) => [one.id, byCustomer.get(one.referredUserId) ?? []]));
  };

/** All referrals of a referral's customer, the current one last, as they are now: nothing is held. */
export async function findFamily(tx: ReadTx, referralId: string): Promise<readonly Referral[]> {
  const customerId = (await findReferrals(tx, [referralId])).get(referralId)?.referredUserId;
  return customerId ? findAllReferralsOf(tx, [customerId]) : [];
}
