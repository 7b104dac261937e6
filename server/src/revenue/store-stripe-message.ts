import type { Ctx } from "../platform/context.ts";
import type { RevenueDeps } from "./revenue-deps.ts";
import { noteHeard } from "./source-repository.ts";
import { requireListening, secretsOf, verifyStripe } from "./source-secrets.ts";
import type { StoredStripeMessage } from "./take-news.ts";

export type SignedMessage = {
  readonly sourceId: string;
  /** The bytes as they came: the signature is over them. */
  readonly body: Buffer;
  readonly signature: string | undefined;
};

/** Verifies a message of Stripe Billing and stores it, once however often it is delivered. A job acts on it. */
export const storeStripeMessage =
  (deps: RevenueDeps) =>
  async (ctx: Ctx, { sourceId, body, signature }: SignedMessage): Promise<void> => {
    const source = await requireListening(deps.db, ctx, sourceId, "stripe");
    const secrets = secretsOf(source, deps.sealer, ctx.now);
    const event = verifyStripe(body, signature, { secrets, now: deps.clock.now() });
    await deps.db.transaction(ctx, async (tx) => {
      const payload: StoredStripeMessage = { sourceId, event };
      // Stripe sends one event, with one id, to each endpoint of an account: what a source learns is its own.
      const externalId = `${sourceId} ${event.id}`;
      await deps.inbox.storeInboxEvent(tx, { source: "stripe", externalId, type: event.type, payload });
      await noteHeard(tx, sourceId);
    });
  };
