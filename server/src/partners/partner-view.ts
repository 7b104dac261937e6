import { invariant } from "../kernel/invariant.ts";
import type { Terms } from "../programs/index.ts";
import type { Contact } from "./partner-deps.ts";
import type { Partner } from "./partner-repository.ts";
import { type TermsView, termsView } from "./terms-rules.ts";
import type { TierChange } from "./tier-change-repository.ts";

/** What a partner sees of itself. Why an operator did what it did stays with the operator. */
export type PartnerProfile = Omit<
  Partner,
  "programId" | "userId" | "externalId" | "statusReason" | "wishedReferralCode" | "commissionRate"
> & {
  readonly email: string | null;
  readonly name: string | null;
  readonly isEmailVerified: boolean;
  /** Per cent. */
  readonly commissionRate: number | null;
};

/** What an operator sees of a partner. */
export type PartnerRecord = PartnerProfile & Pick<Partner, "externalId" | "statusReason" | "userId">;

/** What a partner's own pages need to know besides. */
export type OwnProfile = PartnerProfile &
  WithTerms & {
    /** Of the programme as it is now, whichever plan the terms are of. */
    readonly timeZone: string;
    readonly hasFees: boolean;
  };

export type WithTerms = { readonly terms: TermsView; readonly openUpgrade: TierChange | null };

export function profileView(partner: Partner, contact: Contact | undefined): PartnerProfile {
  const { programId: _p, userId: _u, externalId: _e, statusReason: _s, wishedReferralCode: _w, ...shown } = partner;
  return {
    ...shown,
    commissionRate: partner.commissionRate === null ? null : Number(partner.commissionRate),
    email: contact?.email ?? null,
    name: contact?.name ?? null,
    isEmailVerified: (contact?.emailVerifiedAt ?? null) !== null,
  };
}

export const recordView = (partner: Partner, contact: Contact | undefined): PartnerRecord => ({
  ...profileView(partner, contact),
  externalId: partner.externalId,
  statusReason: partner.statusReason,
  userId: partner.userId,
});

export function withTerms(terms: Terms | undefined, openUpgrade: TierChange | undefined): WithTerms {
  invariant(terms !== undefined, "a partner has terms from the beginning of time");
  return { terms: termsView(terms), openUpgrade: openUpgrade ?? null };
}
