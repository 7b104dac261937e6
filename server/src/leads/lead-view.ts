import type { LeadEntry } from "./entry-repository.ts";
import type { Lead } from "./lead-repository.ts";

/** As a partner sees its lead: not whom it met, and the customer's referral where it is its own. */
export type PartnerLead = Omit<Lead, "conflict" | "remindedAt">;
export type PartnerEntry = Omit<LeadEntry, "authorId" | "isInternal">;
/** As the team sees it. */
export type OperatorLead = Omit<Lead, "remindedAt">;

export const partnerView = ({ conflict: _, remindedAt: __, ...lead }: Lead): PartnerLead => ({
  ...lead,
  referralId: lead.tie === "own" ? lead.referralId : null,
});

export const operatorView = ({ remindedAt: _, ...lead }: Lead): OperatorLead => lead;

export const partnerEntryView = ({ authorId: _, isInternal: __, ...entry }: LeadEntry): PartnerEntry => entry;
