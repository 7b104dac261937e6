import type { Ctx } from "../platform/context.ts";
import type { Tx } from "../platform/database/index.ts";
import type { InboxEvent } from "../sales/index.ts";
import type { Movement, News } from "./movement.ts";
import {
  explainNotices,
  findTouched,
  keepMovements,
  keepNotices,
  keepPayments,
  learnCustomers,
} from "./movement-repository.ts";
import { recordWaiting } from "./record-waiting.ts";
import type { RevenueDeps } from "./revenue-deps.ts";
import { takeTurn } from "./source-repository.ts";
import { newsOf, type StripeMessage } from "./stripe-news.ts";

/** A Stripe message as it lies in the inbox: verified, stored, not yet acted upon. */
export type StoredStripeMessage = { readonly sourceId: string; readonly event: StripeMessage };

/** Acts on a stored message of Stripe Billing: what it teaches, what it tells, and what can be recorded now, in one transaction. */
export const takeStripeMessage =
  (deps: RevenueDeps) =>
  async (ctx: Ctx, { payload }: InboxEvent): Promise<void> => {
    const { sourceId, event } = payload as StoredStripeMessage;
    const news = newsOf(event);
    await deps.db.transaction(ctx, (tx) => takeNews(deps, tx, { sourceId, news }));
  };

async function takeNews(
  deps: RevenueDeps,
  tx: Tx,
  { sourceId, news }: { readonly sourceId: string; readonly news: News },
): Promise<void> {
  await takeTurn(tx, sourceId);
  const { customers, payments, movements, notices } = news;
  await learnCustomers(tx, sourceId, customers);
  await keepPayments(tx, sourceId, payments);
  await keepMovements(tx, sourceId, movements, "customer_unnamed");
  await keepNotices(tx, sourceId, notices);
  const about = [...movements, ...notices].flatMap((one) => one.paymentIds);
  await explainNotices(tx, sourceId, about);
  const touched = {
    externalIds: movements.map((one) => one.externalId),
    providerCustomerIds: [...customers.map((one) => one.providerId), ...movements.flatMap(providerOf)],
    paymentIds: [...payments.map((one) => one.paymentId), ...about],
  };
  await recordWaiting(deps, tx, { sourceId, movements: await findTouched(tx, sourceId, touched) });
}

const providerOf = ({ providerCustomerId }: Movement): string[] =>
  providerCustomerId === null ? [] : [providerCustomerId];
