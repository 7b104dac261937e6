import type { ReferralStatus } from "./referral.ts";

/** What may follow what. A referral goes back from `qualified` to `converted` when its qualifying payment is undone. */
export const NEXT_STATUS = {
  pending: ["converted", "rejected"],
  converted: ["qualified", "rejected"],
  qualified: ["converted", "rejected"],
  rejected: [],
} as const satisfies Readonly<Record<ReferralStatus, readonly ReferralStatus[]>>;

export const mayBecome = (from: ReferralStatus, to: ReferralStatus): boolean =>
  (NEXT_STATUS[from] as readonly ReferralStatus[]).includes(to);

/** Whether customers can come through a partner in this state. A suspended one goes on earning, held (docs/guides/money-rules.md, "What an event earns" 1). */
export const canBeAttributed = (status: string): boolean =>
  status === "active" || status === "suspended" || status === "pending";

/** Mail providers whose addresses reach one person with any dots. */
const DOTLESS_DOMAINS = new Set(["gmail.com", "googlemail.com"]);

/**
 * The mailbox behind an address: lower case, without what follows a `+`, and at Gmail without dots. For telling one person from another;
 * what is stored is the address as it was given.
 */
export function mailboxOf(email: string): string {
  const address = email.trim().toLowerCase();
  const at = address.lastIndexOf("@");
  if (at < 1) return address;
  const domain = address.slice(at + 1);
  const [name = ""] = address.slice(0, at).split("+", 1);
  if (!DOTLESS_DOMAINS.has(domain)) return `${name}@${domain}`;
  return `${name.replaceAll(".", "")}@gmail.com`;
}

/** A partner never earns on itself: the same person, or the same mailbox. */
export const isSelfReferral = (
  partner: { readonly userId: string; readonly email: string | null },
  customer: { readonly id: string; readonly emails: readonly string[] },
): boolean => {
  if (partner.userId === customer.id) return true;
  if (partner.email === null) return false;
  const mailbox = mailboxOf(partner.email);
  return customer.emails.some((email) => mailboxOf(email) === mailbox);
};
