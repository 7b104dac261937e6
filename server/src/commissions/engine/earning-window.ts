import type { TransactionEvent } from "./engine-event.ts";
import type { Clause } from "./receipt.ts";
import type { PartnerStanding, ReferralStanding } from "./standing.ts";

/**
 * Whether an event of a customer may earn (assessment, clause 1). `open`: it earns. `inactive`: it earns nothing, but qualifies, and the months
 * run. `closed`: it does nothing.
 */
export type EarningWindow =
  | { readonly state: "open" | "inactive"; readonly referral: ReferralStanding; readonly clause: Clause }
  | { readonly state: "closed"; readonly clause: Clause };

export function earningWindow(
  partner: PartnerStanding,
  referral: ReferralStanding | undefined,
  { occurredAt, again }: Pick<TransactionEvent, "occurredAt" | "again">,
): EarningWindow {
  if (referral === undefined) return closed("not_converted");
  if (referral.isRejected) return closed("rejected");
  if (occurredAt < referral.convertedAt) return closed("before_conversion");
  const inactivity = inactiveAt(partner, occurredAt);
  if (inactivity !== undefined) return { state: "inactive", referral, clause: window("nothing", inactivity) };
  if (again?.earns === false) return { state: "inactive", referral, clause: window("nothing", "stays_with_another") };
  const reason = partner.suspendedBy === null ? "active" : "suspended";
  return { state: "open", referral, clause: window("applies", reason) };
}

/** Why a date lies outside the partner's active time; undefined where it does not. The limits themselves are inside. */
export function inactiveAt(
  { approvedAt, terminatedAt }: PartnerStanding,
  at: Date,
): "before_approval" | "after_termination" | undefined {
  if (approvedAt === null || at < approvedAt) return "before_approval";
  return terminatedAt !== null && at > terminatedAt ? "after_termination" : undefined;
}

const window = (outcome: Clause["outcome"], reason: string): Clause => ({ clause: "window", outcome, reason });
const closed = (reason: string): EarningWindow => ({ state: "closed", clause: window("nothing", reason) });
