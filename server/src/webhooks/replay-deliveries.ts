import { invariant } from "../kernel/invariant.ts";
import type { Ctx } from "../platform/context.ts";
import { EVENT_TYPES } from "./catalogue.ts";
import { requireReadable } from "./create-endpoint.ts";
import {
  type Delivery,
  findDelivery,
  findMissedEvents,
  insertDeliveries,
  reviveDeliveries,
  reviveDelivery,
} from "./delivery-repository.ts";
import { requireOwner, requireWebhooks } from "./endpoint-owner.ts";
import { findEndpoint } from "./endpoint-repository.ts";
import { isWanted } from "./event-patterns.ts";
import { machineTime } from "./machine-time.ts";
import type { WebhookDeps } from "./webhook-deps.ts";
import { webhookErrors } from "./webhook-errors.ts";

/** Sends one event to its endpoint again, dead or delivered. Of its object, later ones that still wait go after it. */
export const replayDelivery =
  (deps: WebhookDeps) =>
  (ctx: Ctx, { id }: { readonly id: string }): Promise<Delivery> =>
    deps.db.transaction(ctx, async (tx) => {
      const partnerId = requireOwner(ctx, "write");
      await requireWebhooks(deps, tx, partnerId);
      const before = await findDelivery(tx, { id, partnerId });
      if (before === undefined) throw webhookErrors.delivery_not_found();
      requireReadable(ctx, partnerId, [before.eventType]);
      await requireActive(tx, { id: before.endpointId, partnerId });
      await reviveDelivery(tx, id, machineTime(deps.clock));
      await deps.audit.record(tx, "webhook_delivery.replayed", {
        targetType: "webhook_endpoint",
        targetId: before.endpointId,
        after: { deliveryId: id },
      });
      const after = await findDelivery(tx, { id, partnerId });
      invariant(after, "it was there");
      return after;
    });

async function requireActive(...[tx, named]: Parameters<typeof findEndpoint>) {
  const endpoint = await findEndpoint(tx, named);
  if (endpoint === undefined) throw webhookErrors.endpoint_not_found();
  if (endpoint.status !== "active") throw webhookErrors.endpoint_inactive();
  return endpoint;
}

/** As many as one transaction revives while others wait for nothing; the caller asks again for the rest. */
export const REPLAY_MAX = 5_000;

export type Replay = {
  readonly endpointId: string;
  readonly from: Date;
  readonly to: Date | undefined;
  readonly includesDelivered: boolean;
};

/** Sends an endpoint what it has missed of a range: what is dead, and what happened while it was off or not there; if asked, all of it. */
export const replayRange =
  (deps: WebhookDeps) =>
  (ctx: Ctx, { endpointId, from, to = ctx.now, includesDelivered }: Replay) =>
    deps.db.transaction(ctx, async (tx) => {
      const partnerId = requireOwner(ctx, "write");
      await requireWebhooks(deps, tx, partnerId);
      const { events } = await requireActive(tx, { id: endpointId, partnerId });
      requireReadable(ctx, partnerId, events);
      if (from >= to) throw webhookErrors.range_inverted({ field: "from" });
      const range = {
        endpointId,
        from,
        to,
        includesDelivered,
        types: EVENT_TYPES.filter((type) => isWanted(type, events)),
      };
      const dueAt = machineTime(deps.clock);
      const revived = await reviveDeliveries(tx, { ...range, limit: REPLAY_MAX }, dueAt);
      const missed = await findMissedEvents(tx, {
        ...range,
        partnerId,
        limit: REPLAY_MAX - revived,
      });
      const added = await insertDeliveries(
        tx,
        missed.map((event) => ({ endpointId, event })),
        dueAt,
      );
      await deps.audit.record(tx, "webhook_deliveries.replayed", {
        targetType: "webhook_endpoint",
        targetId: endpointId,
        after: { from, to, includesDelivered, replayed: revived + added.length },
      });
      return { replayed: revived + added.length, isComplete: revived + added.length < REPLAY_MAX };
    });
