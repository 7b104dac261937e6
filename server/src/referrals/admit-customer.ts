import { invariant } from "../kernel/invariant.ts";
import type { Tx } from "../platform/database/index.ts";
import type { AttributedCustomer } from "./attribute-referral.ts";
import type { Referral } from "./referral.ts";
import type { ReferralDeps } from "./referral-deps.ts";
import { referralErrors } from "./referral-errors.ts";
import { findReferral, findReferralsOfCustomers } from "./referral-repository.ts";

/** The customer as the host names and knows them. */
export type CustomerInput = {
  readonly externalId: string;
  readonly email?: string;
  readonly emailVerified?: boolean;
};

/** A customer that this transaction holds. */
export type HeldCustomer = AttributedCustomer & {
  readonly externalId: string;
  readonly isVerified: boolean;
  readonly referral: Referral | undefined;
};

/**
 * Makes the customer where there is none, and holds it until the transaction ends: what concerns one customer (conversion, verification,
 * rejection, its sales) happens one after the other, and is decided by what is true then.
 */
export async function admitCustomer(deps: ReferralDeps, tx: Tx, input: CustomerInput): Promise<HeldCustomer> {
  await deps.customers.upsertCustomers(tx, [input]);
  const customer = await holdCustomer(deps, tx, input.externalId, input.email);
  invariant(customer !== undefined, "the customer was just made or found");
  return { ...customer, isVerified: customer.isVerified || input.emailVerified === true };
}

/** Holds a customer that is there. `email` is another address that the host knows of. */
export async function holdCustomer(
  deps: ReferralDeps,
  tx: Tx,
  externalId: string,
  email?: string,
): Promise<HeldCustomer | undefined> {
  const id = (await deps.customers.lockCustomers(tx, [externalId])).get(externalId);
  if (id === undefined) return undefined;
  const known = (await deps.customers.findCustomers(tx, [id])).get(id);
  const referral = (await findReferralsOfCustomers(tx, [id])).get(id);
  const emails = [known?.email, email].filter((address) => address !== null && address !== undefined);
  const isVerified = known !== undefined && known.emailVerifiedAt !== null;
  return { id, externalId, emails, isVerified, referral };
}

/** Holds the customer of a referral, and returns the referral as it is then. Throws `referral.not_found`. */
export async function holdReferral(deps: ReferralDeps, tx: Tx, referral: Referral | undefined): Promise<Referral> {
  if (referral === undefined) throw referralErrors.not_found();
  const customerId = referral.referredUserId ?? "";
  const externalId = (await deps.customers.findCustomers(tx, [customerId])).get(customerId)?.externalId;
  invariant(typeof externalId === "string", "a referral is of a customer, and customers have external ids");
  await holdCustomer(deps, tx, externalId);
  // By id: a customer that was re-attributed meanwhile has another referral.
  const held = await findReferral(tx, referral.id);
  invariant(held !== undefined, "referrals and customers are never deleted");
  return held;
}
