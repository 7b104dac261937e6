import { most } from "../kernel/bigints.ts";
import { DAY_MS } from "../kernel/clock.ts";
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
import { findLastSequence } from "./event-repository.ts";
import { DELIVERIES_KEPT_DAYS } from "./forget-webhooks.ts";
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
  /** From the answer before, where it had not come to the end. */
  readonly cursor?: string | null | undefined;
};

/** Sends an endpoint what it has missed of a range: what is dead, and what happened while it was off or not there; if asked, all of it. */
export const replayRange =
  (deps: WebhookDeps, { max = REPLAY_MAX }: { readonly max?: number } = {}) =>
  (ctx: Ctx, { endpointId, from, to = ctx.now, includesDelivered, cursor }: Replay) =>
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
      const after = BigInt(cursor ?? 0);
      const revived = await reviveDeliveries(tx, { ...range, after, limit: max }, dueAt);
      // What was settled before then is not known any more: it may have been delivered, and is sent again only where all is.
      const knownSince = new Date(dueAt.getTime() - DELIVERIES_KEPT_DAYS * DAY_MS);
      const missed = await findMissedEvents(tx, {
        ...range,
        from: includesDelivered || from > knownSince ? from : knownSince,
        partnerId,
        limit: max - revived.length,
      });
      const added = await insertDeliveries(
        tx,
        missed.map((event) => ({ endpointId, event })),
        dueAt,
      );
      const replayed = revived.length + added.length;
      // Once all were revived, none is again: what was missed and is delivered by the next request would be.
      const reached = revived.length < max ? await findLastSequence(tx) : revived.reduce(most, after);
      await deps.audit.record(tx, "webhook_deliveries.replayed", {
        targetType: "webhook_endpoint",
        targetId: endpointId,
        after: { from, to, includesDelivered, replayed },
      });
      return { replayed, nextCursor: replayed < max ? null : String(reached) };
    });
