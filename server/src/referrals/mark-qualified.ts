import type { Tx } from "../platform/database/index.ts";
import type { Outbox } from "../platform/outbox/index.ts";
import { referralEvent } from "./referral-events.ts";
import { qualifyRows, unqualifyRows } from "./referral-repository.ts";

/** News of so many is written at once: a re-assessment may qualify all customers of a partner. */
const NEWS_AT_ONCE = 1_000;

/**
 * Marks referrals as qualified, in the transaction in which their qualifying payment is assessed: whoever calls holds the partner's sequence.
 * A referral that was rejected meanwhile stays rejected.
 */
export const markQualified =
  (deps: { readonly outbox: Outbox }) =>
  async (tx: Tx, qualified: readonly { readonly referralId: string; readonly at: Date }[]): Promise<void> => {
    if (qualified.length === 0) return;
    const news = (await qualifyRows(tx, qualified)).map((referral) => referralEvent("referral.qualified", referral));
    for (let start = 0; start < news.length; start += NEWS_AT_ONCE)
      await deps.outbox.publish(tx, news.slice(start, start + NEWS_AT_ONCE));
  };

/** Takes a qualification back: nothing is left of the payment that made it (docs/guides/money-rules.md, "What becomes of a commission"). */
export const unqualify =
  (deps: { readonly outbox: Outbox }) =>
  async (tx: Tx, ids: readonly string[]): Promise<void> => {
    if (ids.length === 0) return;
    const news = (await unqualifyRows(tx, ids)).map((referral) => referralEvent("referral.unqualified", referral));
    for (let start = 0; start < news.length; start += NEWS_AT_ONCE)
      await deps.outbox.publish(tx, news.slice(start, start + NEWS_AT_ONCE));
  };
