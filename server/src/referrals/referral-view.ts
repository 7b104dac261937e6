import { maskEmail } from "../identity/index.ts";
import type { ReadTx } from "../platform/database/index.ts";
import type { Referral } from "./referral.ts";
import type { ReferralDeps } from "./referral-deps.ts";
import type { OperatorReferral, PartnerReferral } from "./referral-schema.ts";

export type { OperatorReferral } from "./referral-schema.ts";

const common = (referral: Referral) => ({
  id: referral.id,
  status: referral.status,
  source: referral.source,
  referralCode: referral.referralCode,
  createdAt: referral.createdAt,
  convertedAt: referral.convertedAt,
  qualifiedAt: referral.qualifiedAt,
  rejectedAt: referral.rejectedAt,
  rejectionReason: referral.rejectionReason,
  verificationRequired: referral.verificationRequired,
  verifiedAt: referral.verifiedAt,
  reattributedAt: referral.reattributedAt,
});

/** What a partner sees: of the customer, a masked address and nothing else. */
export const partnerReferral = (referral: Referral, email: string | null | undefined): PartnerReferral => ({
  ...common(referral),
  customer: email === null || email === undefined ? null : maskEmail(email),
});

/** What the operator sees: its own name for the customer, and what decided. */
export const operatorReferral = (referral: Referral, externalId: string | null): OperatorReferral => ({
  ...common(referral),
  externalId,
  customerId: referral.referredUserId,
  partnerId: referral.partnerId,
  clickId: referral.clickId,
  couponId: referral.couponId,
  linkId: referral.linkId,
  termsId: referral.termsId,
  reattributedFrom: referral.reattributedFrom,
});

export async function viewForOperator(deps: ReferralDeps, tx: ReadTx, referral: Referral): Promise<OperatorReferral> {
  const [view] = await viewsForOperator(deps, tx, [referral]);
  return view ?? operatorReferral(referral, null);
}

export async function viewsForOperator(
  deps: ReferralDeps,
  tx: ReadTx,
  referrals: readonly Referral[],
): Promise<OperatorReferral[]> {
  const customers = await deps.customers.findCustomers(tx, customerIds(referrals));
  return referrals.map((referral) =>
    operatorReferral(referral, customers.get(referral.referredUserId ?? "")?.externalId ?? null),
  );
}

export async function viewsForPartner(
  deps: ReferralDeps,
  tx: ReadTx,
  referrals: readonly Referral[],
): Promise<PartnerReferral[]> {
  const customers = await deps.customers.findCustomers(tx, customerIds(referrals));
  return referrals.map((referral) => partnerReferral(referral, customers.get(referral.referredUserId ?? "")?.email));
}

const customerIds = (referrals: readonly Referral[]): string[] =>
  referrals.flatMap((referral) => referral.referredUserId ?? []);
