import { DAY_MS } from "../clock.ts";
import { bankAccountOf } from "./external-accounts.ts";
import { sendPayout } from "./payout-lifecycle.ts";
import type { AccountRecord } from "./stripe-records.ts";
import type { StripeWorld } from "./stripe-world.ts";

export const AUTOMATIC_PAYOUT = "payout.automatic";

/** Makes sure that the account is paid out on the day after the given instant, if Stripe pays it out by itself. */
export function scheduleAutomaticPayout(world: StripeWorld, record: AccountRecord, fromMs: number): void {
  if (record.account.settings?.payouts?.schedule.interval === "manual") return;
  const dueMs = (Math.floor(fromMs / DAY_MS) + 1) * DAY_MS;
  const id = `${AUTOMATIC_PAYOUT} ${record.id} ${dueMs}`;
  world.agenda.schedule({ id, kind: AUTOMATIC_PAYOUT, subject: record.id, dueMs });
}

/** The daily payout: one for each currency, of all that is available; several transfers leave in one. */
export function payOutAutomatically(world: StripeWorld, accountId: string): void {
  const record = world.records.accounts.get(accountId);
  if (record === undefined || !record.account.payouts_enabled) return;
  if (bankAccountOf(record.account) === undefined || record.account.settings?.payouts?.schedule.interval === "manual")
    return;
  for (const currency of world.balances.currencies(accountId)) {
    const amount = world.balances.of(accountId, currency, world.now().getTime()).available;
    if (amount <= 0) continue;
    sendPayout(world, record, { amount, currency, description: "STRIPE PAYOUT", metadata: {}, isAutomatic: true });
  }
}
