import { sql } from "kysely";
import { newId } from "../kernel/id.ts";
import type { Ctx } from "../platform/context.ts";
import type { Tx } from "../platform/database/index.ts";
import { checkUrl, policyFor } from "./address-rules.ts";
import { EVENT_GROUPS, isKnownPattern, readableGroups } from "./catalogue.ts";
import { endpointEvent } from "./endpoint-events.ts";
import { requireOwner, requireWebhooks } from "./endpoint-owner.ts";
import { countEndpoints, type Endpoint, insertEndpoint } from "./endpoint-repository.ts";
import { groupOf } from "./event-patterns.ts";
import { newSecret } from "./sign-message.ts";
import type { WebhookDeps } from "./webhook-deps.ts";
import { webhookErrors } from "./webhook-errors.ts";

/** One for each system that listens, and room to change them one by one. */
export const ENDPOINTS_MAX = 20;

export type CreateEndpoint = {
  readonly url: string;
  readonly description?: string;
  readonly events: readonly string[];
};

/** What a sealed secret belongs to: moved to another row it does not open. */
export const sealedAs = (endpointId: string): string => `partner_webhooks:${endpointId}`;

/** Registers an endpoint. Its secret is in this answer and nowhere else. */
export const createEndpoint =
  (deps: WebhookDeps) =>
  (ctx: Ctx, input: CreateEndpoint): Promise<Endpoint & { readonly secret: string }> =>
    deps.db.transaction(ctx, async (tx) => {
      const partnerId = requireOwner(ctx, "write");
      await requireWebhooks(deps, tx, partnerId);
      const url = requireUrl(deps, partnerId, input.url);
      const events = requireEvents(ctx, partnerId, input.events);
      await lockOwner(tx, partnerId);
      if ((await countEndpoints(tx, partnerId)) >= ENDPOINTS_MAX)
        throw webhookErrors.too_many_endpoints({ limit: ENDPOINTS_MAX });
      const [id, secret] = [newId(), newSecret()];
      const endpoint = await insertEndpoint(tx, {
        id,
        partnerId,
        url,
        description: input.description ?? null,
        events,
        secret: deps.sealer.seal(secret, sealedAs(id)),
      });
      await deps.audit.record(tx, "webhook_endpoint.created", {
        targetType: "webhook_endpoint",
        targetId: id,
        after: { partnerId, url, events },
      });
      await deps.outbox.publish(tx, [endpointEvent("webhook_endpoint.created", endpoint)]);
      return { ...endpoint, secret };
    });

/** Whoever else adds an endpoint of this owner waits until the transaction ends. */
const lockOwner = (tx: Tx, partnerId: string | null) =>
  sql`select pg_advisory_xact_lock(hashtextextended(${`webhooks ${tx.ctx.tenantId} ${partnerId ?? ""}`}, 0))`.execute(
    tx,
  );

export function requireUrl(
  { addresses }: Pick<WebhookDeps, "addresses">,
  partnerId: string | null,
  text: string,
): string {
  const verdict = checkUrl(text, policyFor(addresses, partnerId));
  if (verdict.isAllowed) return verdict.url;
  if (verdict.why === "address") throw webhookErrors.url_private({ field: "url" });
  throw webhookErrors.url_refused({ field: "url", why: verdict.why });
}

/** The patterns without repetition. Who subscribes must be allowed to read what the events tell. */
export function requireEvents(ctx: Ctx, partnerId: string | null, patterns: readonly string[]): string[] {
  const unknown = patterns.filter((pattern) => !isKnownPattern(pattern));
  if (unknown.length > 0) throw webhookErrors.event_unknown({ field: "events", unknown });
  requireReadable(ctx, partnerId, patterns);
  return [...new Set(patterns)];
}

/** Refuses who may not read what events of the patterns tell: so does who has them sent somewhere, or again. */
export function requireReadable({ actor }: Ctx, partnerId: string | null, patterns: readonly string[]): void {
  if (actor.type === "user" || actor.type === "key") {
    const readable = new Set(readableGroups(partnerId === null ? "operator" : "partner", actor.scopes));
    const refused = patterns.filter((pattern) =>
      pattern === "*" ? readable.size < EVENT_GROUPS.length : !readable.has(groupOf(pattern)),
    );
    if (refused.length > 0) throw webhookErrors.event_refused({ field: "events", refused });
  }
}
