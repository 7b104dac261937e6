import { Type } from "typebox";
import type { Ctx } from "../platform/context.ts";
import type { Database } from "../platform/database/index.ts";
import { LARGE_BODY_BYTES, type Routes } from "../platform/http/index.ts";
import type { Inbox, InboxEvent, InboxHandler } from "../sales/index.ts";
import { payoutErrors } from "./payout-errors.ts";
import type { PayoutService } from "./payout-service.ts";
import type { StripeClient } from "./stripe-client.ts";
import type { StripeEvent } from "./stripe-events.ts";

export type StripeIntakeDeps = {
  readonly db: Database;
  readonly inbox: Inbox;
  /**
   * Undefined where no Stripe key is configured: then the endpoint refuses. Stripe has an endpoint for the platform and one for connected
   * accounts, each with a secret of its own: several secrets are parted by commas.
   */
  readonly stripe: { readonly client: StripeClient; readonly connectWebhookSecret: string } | undefined;
};

/** Takes Stripe Connect's messages in: verify, store, answer. A job acts on them. */
export const stripeIntakeRoutes =
  ({ db, inbox, stripe }: StripeIntakeDeps): Routes =>
  (app) => {
    void app.register(async (scope) => {
      // The signature is over the bytes as they came.
      scope.addContentTypeParser("application/json", { parseAs: "buffer" }, (_request, body, done) => done(null, body));
      scope.route({
        method: "POST",
        url: "/api/v1/webhooks/stripe-connect",
        bodyLimit: LARGE_BODY_BYTES,
        // Stripe tells of a whole batch of payouts at once, from few addresses.
        config: { access: { audience: "public" }, idempotency: "none", rateLimit: "signed", whileSuspended: true },
        schema: {
          operationId: "receiveStripeConnectMessage",
          tags: ["Webhooks in"],
          summary: "Messages of Stripe Connect",
          description:
            "Signed by Stripe (`Stripe-Signature`). A message is stored once, however often it is delivered.",
          response: { 200: Type.Object({ received: Type.Boolean() }) },
        },
        handler: async (request) => {
          const event = verified(stripe, request.body as Buffer, request.headers["stripe-signature"]);
          await db.transaction(request.ctx, (tx) =>
            inbox.storeInboxEvent(tx, {
              source: "stripe_connect",
              externalId: event.id,
              type: event.type,
              payload: event,
            }),
          );
          return { received: true };
        },
      });
    });
  };

function verified(
  stripe: StripeIntakeDeps["stripe"],
  body: Buffer,
  signature: string | string[] | undefined,
): StripeEvent {
  if (stripe === undefined || typeof signature !== "string") throw payoutErrors.signature_invalid();
  let refused: unknown;
  for (const secret of stripe.connectWebhookSecret.split(/[,\s]+/).filter((part) => part !== "")) {
    try {
      const event = stripe.client.webhooks.constructEvent(body, signature, secret);
      return event as unknown as StripeEvent;
    } catch (error) {
      refused = error;
    }
  }
  throw payoutErrors.signature_invalid({}, refused);
}

/** Acts on a stored message. Its payload is what `verified` let in. */
export const stripeConnectHandler =
  (payouts: () => PayoutService): InboxHandler =>
  (ctx: Ctx, event: InboxEvent) =>
    payouts().applyStripeEvent(ctx, event.payload as StripeEvent);
