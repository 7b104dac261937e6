import type { Stripe } from "stripe";
import { markRefused, shownAccount } from "./external-accounts.ts";
import { capabilityStatus, type StandingName, standingFields } from "./standings.ts";
import type { AccountRecord } from "./stripe-records.ts";
import type { StripeWorld } from "./stripe-world.ts";

/** Puts an account into a standing and tells the platform: `account.updated`, and `capability.updated` for each that changed. */
export function setStanding(world: StripeWorld, record: AccountRecord, standing: StandingName): AccountRecord {
  const before = record.account;
  const capabilities = Object.keys(before.capabilities ?? {});
  const fields = standingFields(standing, capabilities);
  const account: Stripe.Account = { ...before, ...fields };
  const kept = world.records.accounts.put({ ...record, account, standing });
  for (const capability of capabilities) {
    const [was, is] = [before, account].map((each) => capabilityStatus(each, capability));
    if (was === is) continue;
    const object = { id: capability, object: "capability", account: account.id, requested: true, status: is };
    world.emit({ type: "capability.updated", account: account.id, object, previous: { status: was } });
  }
  const previous = { payouts_enabled: before.payouts_enabled, requirements: before.requirements };
  world.emit({ type: "account.updated", account: account.id, object: shownAccount(account), previous });
  return kept;
}

/** Its bank has refused a payout: nothing more is paid out of the account until another bank account is given. */
export const refuseBank = (world: StripeWorld, record: AccountRecord): void => {
  const refused = markRefused(world, record);
  if (refused !== undefined) setStanding(world, refused, "bank_refused");
};
