import { newId } from "../kernel/id.ts";
import { invariant } from "../kernel/invariant.ts";
import type { Ctx } from "../platform/context.ts";
import { findOwnMode } from "../tenants/index.ts";
import { type Delivery, findDelivery, insertDeliveries } from "./delivery-repository.ts";
import { requireOwner, requireWebhooks } from "./endpoint-owner.ts";
import { findEndpoint } from "./endpoint-repository.ts";
import { insertEvents, lockSequence } from "./event-repository.ts";
import type { EventBody } from "./fan-out.ts";
import { machineTime } from "./machine-time.ts";
import type { WebhookDeps } from "./webhook-deps.ts";
import { webhookErrors } from "./webhook-errors.ts";

/** Sends a test to one endpoint, the way every event goes. */
export const pingEndpoint =
  (deps: WebhookDeps) =>
  (ctx: Ctx, { id }: { readonly id: string }): Promise<Delivery> =>
    deps.db.transaction(ctx, async (tx) => {
      const partnerId = requireOwner(ctx, "write");
      await requireWebhooks(deps, tx, partnerId);
      const endpoint = await findEndpoint(tx, { id, partnerId });
      if (endpoint === undefined) throw webhookErrors.endpoint_not_found();
      if (endpoint.status !== "active") throw webhookErrors.endpoint_inactive();
      const eventId = newId();
      const body: EventBody = {
        id: eventId,
        type: "webhook.ping",
        mode: await findOwnMode(tx),
        timestamp: ctx.now.toISOString(),
        data: { endpointId: id },
        changes: null,
      };
      await lockSequence(tx);
      const events = await insertEvents(tx, [
        {
          id: eventId,
          type: body.type,
          objectType: "webhook",
          // Of its own: a test does not wait for a test before.
          objectId: eventId,
          partnerId,
          endpointId: id,
          body: JSON.stringify(body),
          occurredAt: ctx.now,
        },
      ]);
      const [deliveryId = ""] = await insertDeliveries(
        tx,
        events.map((event) => ({ endpointId: id, event })),
        machineTime(deps.clock),
      );
      const delivery = await findDelivery(tx, { id: deliveryId, partnerId });
      invariant(delivery, "it was just made");
      return delivery;
    });
