import { type Ctx, systemContext } from "../platform/context.ts";
import type { Tx } from "../platform/database/index.ts";
import { enqueue } from "../platform/jobs/index.ts";
import { say } from "../platform/language/index.ts";
import { composeMail } from "../platform/mail/index.ts";
import { findOwnTenant } from "../tenants/index.ts";
import { decideFailing, WARN_AFTER_MS } from "./delivery-rules.ts";
import { endpointEvent } from "./endpoint-events.ts";
import {
  changeEndpoint,
  type Endpoint,
  findEndpoint,
  findFailingEndpoints,
  lockEndpoint,
} from "./endpoint-repository.ts";
import { machineTime } from "./machine-time.ts";
import type { WebhookDeps } from "./webhook-deps.ts";

/** The job that writes to the owner of an endpoint; the address is looked up then. */
export const TELL_OWNER_JOB = "webhooks.tell_owner";

type News = "failing" | "disabled";
export type OwnerNotice = { readonly endpointId: string; readonly partnerId: string | null; readonly news: News };

/** Warns the owners of endpoints that have taken nothing for days, and turns off what has been failing for too long. */
export const watchEndpoints =
  (deps: WebhookDeps) =>
  async (ctx: Ctx): Promise<void> => {
    // By the clock that noted since when they fail, which is not the tenant's.
    const now = machineTime(deps.clock);
    const since = new Date(now.getTime() - WARN_AFTER_MS);
    const failing = await deps.db.read(ctx, (tx) => findFailingEndpoints(tx, since));
    for (const { id, partnerId } of failing)
      await deps.db.transaction(ctx, async (tx) => {
        const endpoint = await lockEndpoint(tx, { id, partnerId });
        if (endpoint?.status !== "active") return;
        const due = decideFailing(endpoint, now);
        if (due === "warn") await tellOwner(deps, tx, await changeEndpoint(tx, id, { warnedAt: now }), "failing");
        if (due === "disable") await turnOff(deps, tx, endpoint, "failing");
      });
  };

/** An endpoint has said that it is gone (410): it is turned off at once, but not by an address that it has left meanwhile. */
export const endGone =
  (deps: WebhookDeps) =>
  ({ tenantId, id, url }: { readonly tenantId: string; readonly id: string; readonly url: string }): Promise<void> => {
    const ctx = systemContext({ tenantId, job: "webhooks", now: machineTime(deps.clock) });
    return deps.db.transaction(ctx, async (tx) => {
      const endpoint = await lockEndpoint(tx, { id });
      if (endpoint?.status === "active" && endpoint.url === url) await turnOff(deps, tx, endpoint, "gone");
    });
  };

async function turnOff(deps: WebhookDeps, tx: Tx, before: Endpoint, reason: "failing" | "gone"): Promise<void> {
  const after = await changeEndpoint(tx, before.id, { status: "failed", statusReason: reason });
  await deps.audit.record(tx, "webhook_endpoint.disabled", {
    targetType: "webhook_endpoint",
    targetId: before.id,
    before: { status: before.status, failingSince: before.failingSince },
    after: { status: after.status },
    reason,
  });
  await tellOwner(deps, tx, after, "disabled");
}

/** By an event, which reaches the owner's other endpoints, and by mail. */
async function tellOwner(deps: WebhookDeps, tx: Tx, endpoint: Endpoint, news: News): Promise<void> {
  const { id, partnerId } = endpoint;
  await deps.outbox.publish(tx, [endpointEvent(`webhook_endpoint.${news}`, endpoint)]);
  const notice: OwnerNotice = { endpointId: id, partnerId, news };
  await enqueue(tx, TELL_OWNER_JOB, notice);
}

/** Writes to the owner: the partner, or the operator's administrators. */
export const sendOwnerNotice =
  (deps: WebhookDeps) =>
  async (ctx: Ctx, { endpointId, partnerId, news }: OwnerNotice): Promise<void> => {
    const mails = await deps.db.read(ctx, async (tx) => {
      const endpoint = await findEndpoint(tx, { id: endpointId, partnerId });
      if (endpoint === undefined) return [];
      const { name: programme, url, look } = await findOwnTenant(tx, deps.publicUrl);
      const address = `${url}/portal/developers?tab=webhooks&open=${endpointId}`;
      const shown = partnerId === null ? look : await deps.partnerLook?.(tx, partnerId);
      const to = partnerId === null ? await deps.operatorContacts(tx) : [await deps.partners.contactOf(tx, partnerId)];
      return to.map((reader) => {
        const subject = say(reader.language, `webhook.${news}.subject`, { programme });
        const line = say(reader.language, `webhook.${news}.text`, { url: endpoint.url });
        return composeMail(
          reader,
          { subject, lines: [line], button: { label: say(reader.language, "notice.button"), url: address } },
          shown,
        );
      });
    });
    for (const mail of mails) await deps.mailer.send(mail, ctx);
  };
