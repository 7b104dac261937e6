import { HOUR_MS } from "../kernel/clock.ts";
import type { Ctx } from "../platform/context.ts";
import type { Tx } from "../platform/database/index.ts";
import { type CreateEndpoint, requireEvents, requireReadable, requireUrl, sealedAs } from "./create-endpoint.ts";
import { endpointEvent } from "./endpoint-events.ts";
import { requireOwner, requireWebhooks } from "./endpoint-owner.ts";
import { changeEndpoint, type Endpoint, lockEndpoint } from "./endpoint-repository.ts";
import { machineTime } from "./machine-time.ts";
import { newSecret } from "./sign-message.ts";
import type { WebhookDeps } from "./webhook-deps.ts";
import { webhookErrors } from "./webhook-errors.ts";

/** How long the secret before signs beside the new one: time to put the new one in place. */
export const SECRET_OVERLAP_MS = 24 * HOUR_MS;
/** Secrets that may sign beside the one of now: each makes every message longer. */
export const RETIRED_SECRETS_MAX = 4;

type Held = NonNullable<Awaited<ReturnType<typeof lockEndpoint>>>;

/** Joins a transaction: the caller's own endpoint, held. Throws `webhook.endpoint_not_found`. */
async function holdOwn(tx: Tx, partnerId: string | null, id: string): Promise<Held> {
  const endpoint = await lockEndpoint(tx, { id, partnerId });
  if (endpoint === undefined) throw webhookErrors.endpoint_not_found();
  return endpoint;
}

const shown = ({ url, events, status }: Endpoint) => ({ url, events, status });

type Named = { readonly id: string };
export type UpdateEndpoint = Named &
  Partial<Omit<CreateEndpoint, "description">> & {
    readonly description?: string | null;
    readonly status?: "active" | "inactive";
  };

/** Changes where an endpoint is and what it is told; turns it off, and on again. What waits for it waits on. */
export const updateEndpoint =
  (deps: WebhookDeps) =>
  (ctx: Ctx, { id, url, events, description, status }: UpdateEndpoint): Promise<Endpoint> =>
    deps.db.transaction(ctx, async (tx) => {
      const partnerId = requireOwner(ctx, "write");
      await requireWebhooks(deps, tx, partnerId);
      const before = await holdOwn(tx, partnerId, id);
      // Who says where events go must be allowed to read those that the endpoint has had, too: they wait, and can be replayed.
      if (url !== undefined || events !== undefined) requireReadable(ctx, partnerId, before.events);
      const after = await changeEndpoint(tx, id, {
        ...(url === undefined ? {} : { url: requireUrl(deps, partnerId, url) }),
        ...(events === undefined ? {} : { events: requireEvents(ctx, partnerId, events) }),
        ...(description === undefined ? {} : { description }),
        ...(status === undefined ? {} : { status, statusReason: null }),
        ...(status === "active" || url !== undefined ? { isForgiven: true } : {}),
      });
      await deps.audit.record(tx, "webhook_endpoint.updated", {
        targetType: "webhook_endpoint",
        targetId: id,
        before: shown(before),
        after: shown(after),
      });
      await deps.outbox.publish(tx, [endpointEvent("webhook_endpoint.updated", after)]);
      return after;
    });

/** Turns an endpoint on again, whatever turned it off, as though nothing had failed. */
export const enableEndpoint =
  (deps: WebhookDeps) =>
  (ctx: Ctx, { id }: Named): Promise<Endpoint> =>
    updateEndpoint(deps)(ctx, { id, status: "active" });

/** Gives an endpoint another secret. Each one before signs as well until its overlap has passed; throws `webhook.too_many_secrets` where that would be too many. */
export const rotateSecret =
  (deps: WebhookDeps) =>
  (ctx: Ctx, { id }: Named): Promise<Endpoint & { readonly secret: string }> =>
    deps.db.transaction(ctx, async (tx) => {
      const partnerId = requireOwner(ctx, "write");
      await requireWebhooks(deps, tx, partnerId);
      const held = await holdOwn(tx, partnerId, id);
      requireReadable(ctx, partnerId, held.events);
      const now = machineTime(deps.clock);
      const retired = held.retired.filter(({ until }) => until > now);
      if (retired.length >= RETIRED_SECRETS_MAX)
        throw webhookErrors.too_many_secrets({ limit: RETIRED_SECRETS_MAX, nextAt: retired[0]?.until.toISOString() });
      const secret = newSecret();
      const endpoint = await changeEndpoint(tx, id, {
        secret: {
          current: deps.sealer.seal(secret, sealedAs(id)),
          retired: [...retired, { sealed: held.secret, until: new Date(now.getTime() + SECRET_OVERLAP_MS) }],
        },
      });
      await deps.audit.record(tx, "webhook_endpoint.secret_rotated", {
        targetType: "webhook_endpoint",
        targetId: id,
        after: { previousSecretUntil: endpoint.previousSecretUntil },
      });
      await deps.outbox.publish(tx, [endpointEvent("webhook_endpoint.secret_rotated", endpoint)]);
      return { ...endpoint, secret };
    });

/** Deletes an endpoint: nothing more is sent to it, and its log is forgotten in time. */
export const deleteEndpoint =
  (deps: WebhookDeps) =>
  (ctx: Ctx, { id }: Named): Promise<Endpoint> =>
    deps.db.transaction(ctx, async (tx) => {
      const partnerId = requireOwner(ctx, "write");
      const before = await holdOwn(tx, partnerId, id);
      const after = await changeEndpoint(tx, id, { status: "inactive", deletedAt: ctx.now });
      await deps.audit.record(tx, "webhook_endpoint.deleted", {
        targetType: "webhook_endpoint",
        targetId: id,
        before: shown(before),
      });
      await deps.outbox.publish(tx, [endpointEvent("webhook_endpoint.deleted", after)]);
      return after;
    });
