import { DAY_MS } from "../kernel/clock.ts";

export const LEAD_STATUSES = [
  "submitted",
  "conflict",
  "accepted",
  "contacted",
  "qualified",
  "proposal",
  "won",
  "lost",
  "declined",
  "expired",
] as const;
/**
 * `submitted`: free, held while the operator looks at it; `conflict`: another's deal or a customer, not held; `accepted` and the stages after
 * it: protected; `won`, `lost`, `declined`, `expired`: how it ended. A `won` deal is held as long as its protection, and for good once its
 * customer has come through its partner.
 */
export type LeadStatus = (typeof LEAD_STATUSES)[number];

/** What a partner says of a deal that is protected. */
export const LEAD_STAGES = ["contacted", "qualified", "proposal", "won", "lost"] as const;
export type LeadStage = (typeof LEAD_STAGES)[number];

/** Who moves a lead: its partner, the operator, or the program by itself. */
type Mover = "partner" | "operator" | "program";

const STAGES_BY_PARTNER = { contacted: "partner", qualified: "partner", proposal: "partner", won: "partner" } as const;
const ENDS = { lost: "partner", declined: "operator", expired: "program" } as const;

/** Where a lead may go, and who moves it there. A customer that comes makes any lead that is held `won`, and is no move of anybody. */
export const LEAD_TRANSITIONS: Readonly<Record<LeadStatus, Readonly<Partial<Record<LeadStatus, Mover>>>>> = {
  submitted: { accepted: "operator", ...ENDS },
  conflict: { accepted: "operator", ...ENDS },
  accepted: { ...STAGES_BY_PARTNER, ...ENDS },
  contacted: { ...STAGES_BY_PARTNER, ...ENDS },
  qualified: { ...STAGES_BY_PARTNER, ...ENDS },
  proposal: { ...STAGES_BY_PARTNER, ...ENDS },
  won: ENDS,
  lost: {},
  declined: {},
  expired: {},
};

export const canMove = (from: LeadStatus, to: LeadStatus, by: Mover): boolean =>
  from !== to && LEAD_TRANSITIONS[from][to] === by;

export type Tie = "own" | "elsewhere";

/** Of a lead, what its life depends on. */
export type LeadState = { readonly status: LeadStatus; readonly tie: Tie | null };

/** A deal that was won through its partner is over, and nobody moves it: its customer is one of the books. */
export const isSettled = ({ status, tie }: LeadState): boolean => status === "won" && tie === "own";

/** States in which a deal is kept from other partners. */
export const HELD = ["submitted", "accepted", "contacted", "qualified", "proposal", "won"] as const;
export const isHeld = (status: LeadStatus): boolean => HELD.some((held) => held === status);
/** States whose partner may renew them, and is reminded of their end. */
export const PROTECTED = ["accepted", "contacted", "qualified", "proposal", "won"] as const;
export const isProtected = (status: LeadStatus): boolean => PROTECTED.some((one) => one === status);
/** States in which the deal has ended without success. */
export const ENDED = ["lost", "declined", "expired"] as const;
export const isEnded = (status: LeadStatus): boolean => ENDED.some((ended) => ended === status);

export type LeadSettings = {
  readonly protectionDays: number;
  readonly renewalsMax: number;
  readonly reminderDays: number;
  readonly acceptsAtOnce: boolean;
};

/** A quarter, once renewed: what programmes commonly give. */
export const SETTINGS_DEFAULT: LeadSettings = {
  protectionDays: 90,
  renewalsMax: 1,
  reminderDays: 14,
  acceptsAtOnce: false,
};

/** When a protection ends that begins, or goes on, at `from`. */
export const protectedUntil = (from: Date, { protectionDays }: Pick<LeadSettings, "protectionDays">): Date =>
  new Date(from.getTime() + protectionDays * DAY_MS);

/** By what one deal meets another, the surest first. */
export const MATCH_KINDS = ["email", "domain", "company"] as const;
export type MatchKind = (typeof MATCH_KINDS)[number];

/** A lead that holds something of the deal. */
export type Holder = { readonly leadId: string; readonly partnerId: string; readonly by: MatchKind };
/** A customer of that company; `partnerId` is whose, null where it is nobody's. */
export type KnownCustomer = { readonly partnerId: string | null };

export type RegistrationOutcome =
  | { readonly outcome: "free" }
  /** `leadId` is null where the customer of the deal is the partner's already. */
  | { readonly outcome: "yours"; readonly leadId: string | null }
  | { readonly outcome: "conflict"; readonly kind: MatchKind | "customer"; readonly leadId: string | null };

/**
 * What becomes of a deal that a partner registers. What it holds itself by address or domain is its own, whatever else there is; then another's
 * deal or a customer of anybody else stands against it; then its own by the name alone, or its own customer.
 */
export function decideRegistration(
  partnerId: string,
  { holders, customers }: { readonly holders: readonly Holder[]; readonly customers: readonly KnownCustomer[] },
): RegistrationOutcome {
  const ranked = holders.toSorted((a, b) => MATCH_KINDS.indexOf(a.by) - MATCH_KINDS.indexOf(b.by));
  const own = ranked.find((holder) => holder.partnerId === partnerId);
  if (own !== undefined && isSure(own)) return { outcome: "yours", leadId: own.leadId };
  const other = ranked.find((holder) => holder.partnerId !== partnerId);
  if (other !== undefined) return { outcome: "conflict", kind: other.by, leadId: other.leadId };
  if (customers.some((customer) => customer.partnerId !== partnerId))
    return { outcome: "conflict", kind: "customer", leadId: null };
  if (own !== undefined) return { outcome: "yours", leadId: own.leadId };
  return customers.length > 0 ? { outcome: "yours", leadId: null } : { outcome: "free" };
}

/** A name is not enough to say that two companies are one; an address and a domain are. */
export const isSure = ({ by }: Pick<Holder, "by">): boolean => by !== "company";
