import type { ReadTx } from "../platform/database/index.ts";
import { findConversions } from "../referrals/index.ts";
import { type AccountClaim, findClaims } from "./account-repository.ts";
import { type CasePartner, findCasePartners } from "./case-partner-repository.ts";
import type { FraudCase } from "./case-repository.ts";
import { type CaseStatus, mayAppeal } from "./case-rules.ts";
import { type Evaluation, findEvaluations } from "./evaluation-repository.ts";
import type { FraudDeps } from "./fraud-deps.ts";
import { reasonsOf } from "./fraud-rules.ts";
import type { Reason } from "./rule-catalogue.ts";
import { findRelated, type Related } from "./signal-repository.ts";

/** A case with what a reviewer lays side by side: what was found, what is known of the customer, of the partner, and where else it was seen. */
export type CaseDetail = Omit<FraudCase, "accounts"> & {
  readonly partnerName: string | null;
  readonly evaluation: Evaluation | null;
  readonly customer: { readonly id: string; readonly externalId: string | null; readonly email: string | null } | null;
  readonly related: Related[];
  /** Of a payout: who else is, or was, paid to one of the accounts that it was judged on, whoever has it longest first; its own partner among them. */
  readonly accounts: AccountHolder[];
  /** Who else earns, or has earned, on the customer, and what each has said. */
  readonly otherPartners: (Omit<CasePartner, "caseId"> & { readonly partnerName: string | null })[];
};

/** A partner that is, or was, paid to an account. */
export type AccountHolder = AccountClaim & { readonly partnerName: string | null };

const RELATED_SHOWN = 20;
const ACCOUNTS_SHOWN = 20;

export async function caseDetail(
  { partners, people }: Pick<FraudDeps, "partners" | "people">,
  tx: ReadTx,
  found: FraudCase,
): Promise<CaseDetail> {
  const evaluation = (await findEvaluations(tx, [found.evaluationId])).get(found.evaluationId) ?? null;
  const claims = found.accounts === null ? [] : await findClaims(tx, found.accounts, ACCOUNTS_SHOWN);
  const others = (await findCasePartners(tx, [found.id])).filter(({ partnerId }) => partnerId !== found.partnerId);
  const known = await partners.findPartners(tx, [
    found.partnerId,
    ...[...claims, ...others].map(({ partnerId }) => partnerId),
  ]);
  const nameOf = (partnerId: string): string | null => known.get(partnerId)?.companyName ?? null;
  const [conversion] = found.subjectKind === "referral" ? await findConversions(tx, [found.subjectId]) : [];
  const customerId = conversion?.customerId ?? null;
  const customer = customerId === null ? undefined : (await people.findCustomers(tx, [customerId])).get(customerId);
  return {
    ...found,
    partnerName: nameOf(found.partnerId),
    evaluation,
    customer:
      customerId === null
        ? null
        : { id: customerId, externalId: customer?.externalId ?? null, email: customer?.email ?? null },
    related: await findRelated(tx, found.subjectKind === "referral" ? found.subjectId : found.partnerId, RELATED_SHOWN),
    accounts: claims.map((claim) => ({ ...claim, partnerName: nameOf(claim.partnerId) })),
    otherPartners: others.map(({ caseId: _, ...one }) => ({ ...one, partnerName: nameOf(one.partnerId) })),
  };
}

/** What a partner is told: that something of its waits, of which kind the doubt is, and what it can do. No rule and no figure. */
export type Review = {
  readonly id: string;
  readonly about: { readonly type: "referral" | "payout"; readonly id: string };
  readonly status: CaseStatus;
  readonly reasons: Reason[];
  readonly openedAt: Date;
  readonly decidedAt: Date | null;
  /** What the operator wrote about its decision. */
  readonly explanation: string | null;
  readonly appealUntil: Date | null;
  readonly appeal: string | null;
  readonly canAppeal: boolean;
};

/** Cases as one of those who wait by them is told: of its own referral, and what it has said itself. */
export async function reviewsOf(tx: ReadTx, cases: readonly FraudCase[], partnerId: string): Promise<Review[]> {
  const evaluations = await findEvaluations(
    tx,
    cases.map(({ evaluationId }) => evaluationId),
  );
  const besides = new Map(
    (
      await findCasePartners(
        tx,
        cases.map(({ id }) => id),
        partnerId,
      )
    ).map((one) => [one.caseId, one]),
  );
  const ownOf = (one: FraudCase) => {
    const beside = besides.get(one.id);
    if (one.partnerId !== partnerId) return beside;
    return { referralId: beside?.referralId ?? one.subjectId, appeal: one.appeal };
  };
  return cases.map((one) => ({
    id: one.id,
    about: { type: one.subjectKind, id: ownOf(one)?.referralId ?? one.subjectId },
    status: one.status,
    reasons: reasonsOf(evaluations.get(one.evaluationId)?.findings ?? []),
    openedAt: one.openedAt,
    decidedAt: one.decidedAt,
    explanation: one.reason,
    appealUntil: one.appealUntil,
    appeal: ownOf(one)?.appeal ?? null,
    canAppeal: mayAppeal({ ...one, appeal: ownOf(one)?.appeal ?? null }, tx.ctx.now),
  }));
}
