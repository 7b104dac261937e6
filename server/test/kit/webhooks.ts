import { createAudit } from "../../src/audit/index.ts";
import { movableClock } from "../../src/kernel/clock.ts";
import { defineErrors } from "../../src/kernel/errors.ts";
import { newId } from "../../src/kernel/id.ts";
import { type Ctx, systemContext } from "../../src/platform/context.ts";
import { createSealer, generateSecrets } from "../../src/platform/crypto/index.ts";
import { openDatabase } from "../../src/platform/database/index.ts";
import { runDueJobs } from "../../src/platform/jobs/index.ts";
import type { Mail } from "../../src/platform/mail/index.ts";
import { createDispatcher, createOutbox, type DomainEvent } from "../../src/platform/outbox/index.ts";
import { OPERATOR_SCOPES, PARTNER_SCOPES, type Scope } from "../../src/platform/scopes.ts";
import { createDeliverer, createWebhookService, type DelivererOptions, webhookJobs } from "../../src/webhooks/index.ts";
import { asOwner, cloneDatabase } from "./postgres.ts";
import { seedPartner, seedTenant } from "./seed.ts";

const planted = defineErrors("feature", {
  not_included: { kind: "forbidden", title: "The tier does not include this" },
});

export type DeliveryStory = { readonly type: string; readonly status: string; readonly attempts: number };

/** Webhooks on a database of their own, under a clock to move that begins at the machine's time, as receivers check it. */
export async function webhookWorld() {
  const clone = await cloneDatabase();
  const clock = movableClock(new Date());
  const db = openDatabase({ url: clone.serverUrl });
  const tenantId = await seedTenant(clone, { at: clock.now() });
  const mails: Mail[] = [];
  const errors: unknown[] = [];
  /** Partners whose tier includes no webhooks. */
  const excluded = new Set<string>();
  const { encryptionKey } = generateSecrets();
  const deps = {
    db,
    clock,
    audit: createAudit(),
    outbox: createOutbox(() => ({})),
    sealer: createSealer(encryptionKey),
    partners: {
      requireFeature: async (_tx: unknown, partnerId: string) => {
        if (excluded.has(partnerId)) throw planted.not_included();
      },
      contactOf: async (_tx: unknown, partnerId: string) => ({ email: `${partnerId}@partners.test`, language: null }),
    },
    operatorContacts: async () => [{ email: "admin@operator.test", language: null }],
    mailer: { send: async (mail: Mail) => void mails.push(mail) },
    addresses: { allowsLoopback: true, allowsPrivate: false },
    publicUrl: "http://operator.test",
  };
  const webhooks = createWebhookService(deps);
  const dispatcher = createDispatcher({
    db,
    clock,
    subscriptions: {},
    batches: [webhooks.fanOut],
    onError: (error) => errors.push(error),
  });
  const common = () => ({ tenantId, now: clock.now(), requestId: newId(), ip: null });
  const system = (): Ctx => systemContext({ tenantId, job: "test", now: clock.now() });
  const operator = (scopes: readonly Scope[] = OPERATOR_SCOPES): Ctx => ({
    ...common(),
    actor: { type: "key", keyId: newId(), partnerId: null, scopes: new Set(scopes) },
  });
  const partner = (partnerId: string, scopes: readonly Scope[] = PARTNER_SCOPES): Ctx => ({
    ...common(),
    actor: { type: "key", keyId: newId(), partnerId, scopes: new Set(scopes) },
  });
  /** A worker of its own. */
  const worker = (more: Partial<DelivererOptions> = {}) =>
    createDeliverer({
      ...deps,
      onGone: webhooks.endGone,
      onError: (error) => errors.push(error),
      ...more,
    });

  return {
    clone,
    clock,
    db,
    tenantId,
    mails,
    errors,
    excluded,
    deps,
    encryptionKey,
    webhooks,
    dispatcher,
    system,
    operator,
    partner,
    worker,
    newPartner: () => seedPartner(clone, { tenantId, at: clock.now() }),
    /** Publishes events and takes them from the outbox. */
    tell: async (...events: readonly DomainEvent[]) => {
      await db.transaction(system(), (tx) => deps.outbox.publish(tx, events));
      while ((await dispatcher.dispatchBatch()).told > 0);
    },
    /** Runs the jobs that wait: mails. */
    runJobs: () => runDueJobs({ db, clock, jobs: webhookJobs(webhooks), onError: (error) => errors.push(error) }),
    /** What became of deliveries, in the order of their events. */
    story: (endpointId: string): Promise<DeliveryStory[]> =>
      asOwner<DeliveryStory>(
        clone,
        `select e.type, d.status, d.attempts from webhook_deliveries d
           join webhook_events e on (e.tenant_id, e.id) = (d.tenant_id, d.event_id)
          where d.endpoint_id = $1 order by d.sequence`,
        [endpointId],
      ),
    [Symbol.asyncDispose]: async () => {
      await db[Symbol.asyncDispose]();
      await clone.drop();
    },
  };
}

export type WebhookWorld = Awaited<ReturnType<typeof webhookWorld>>;

/** News of a payout in a state. */
export const payoutNews = (
  partnerId: string,
  { id = newId(), status = "completed", type = "payout.completed" } = {},
): DomainEvent => ({
  type,
  objectType: "payout",
  objectId: id,
  data: { id, partnerId, amount: 1_250n, currency: "USD", status, bankStatus: null, failureCode: null },
});
