import type { ReadTx } from "../platform/database/index.ts";
import { mailboxOf } from "../referrals/index.ts";
import type { LeadDeps } from "./lead-deps.ts";
import { companyKey, type DealKeys, domainsAbove } from "./lead-keys.ts";
import type { Lead } from "./lead-repository.ts";
import type { KnownCustomer } from "./lead-rules.ts";

/** What a lead is known by. A deal whose contact has been forgotten is known by its domain and name alone. */
export const keysOf = ({ contactEmail, domain, company }: Lead): DealKeys => ({
  email: contactEmail === null ? null : mailboxOf(contactEmail),
  domain,
  company: companyKey(company),
});

/** Customers that are of a deal's company, by the contact's address (also as it was given) or by the domain, and whose each is. */
export async function findKnownCustomers(
  deps: Pick<LeadDeps, "customers" | "referrals">,
  tx: ReadTx,
  { email, domain }: Pick<DealKeys, "email" | "domain">,
  given?: string,
): Promise<(KnownCustomer & { readonly referralId: string | null })[]> {
  const ids = await deps.customers.findCustomersOfCompany(tx, {
    emails: [email, given?.trim().toLowerCase()].filter((one) => one !== null && one !== undefined),
    domains: domain === null ? [] : domainsAbove(domain),
    below: domain,
  });
  const owners = await deps.referrals.findAttributions(tx, ids);
  return ids.map((id) => ({
    partnerId: owners.get(id)?.partnerId ?? null,
    referralId: owners.get(id)?.referralId ?? null,
  }));
}
