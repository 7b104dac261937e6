import { sql } from "kysely";
import { afterAll, beforeAll, expect, it } from "vitest";
import { asOwner } from "../../test/kit/postgres.ts";
import { type WebhookWorld, webhookWorld } from "../../test/kit/webhooks.ts";
import { DAY_MS } from "../kernel/clock.ts";
import { oldDeliveries } from "./delivery-repository.ts";

let world: WebhookWorld;
beforeAll(async () => {
  world = await webhookWorld();
  const tenant = [world.tenantId, world.clock.now()];
  // Of many endpoints one was deleted, and of many deliveries few are old: Postgres chooses by how many there are.
  for (const text of [
    `insert into partner_webhooks (tenant_id, id, url, events, secret_encrypted, created_at, updated_at, deleted_at)
     select $1, gen_random_uuid(), 'https://one.test', '[]', '', $2, $2, case when n = 1 then $2::timestamptz end
       from generate_series(1, 50) n`,
    `insert into webhook_events (tenant_id, id, type, object_type, object_id, body, occurred_at)
     select $1, gen_random_uuid(), 'payout.completed', 'payout', gen_random_uuid(), '{}', $2::timestamptz - n * interval '1 hour'
       from generate_series(1, 400) n`,
    `insert into webhook_deliveries (tenant_id, id, endpoint_id, event_id, object_id, sequence, status, created_at, settled_at)
     select $1, gen_random_uuid(), w.id, e.id, e.object_id, e.sequence, 'delivered', least(e.occurred_at, $2), e.occurred_at
       from webhook_events e, partner_webhooks w`,
  ])
    await asOwner(world.clone, text, tenant);
  await asOwner(world.clone, "analyze");
});
afterAll(() => world?.[Symbol.asyncDispose]());

it("old deliveries are found by their age, and those of deleted endpoints by the endpoint: neither reads all of the tenant", async () => {
  const old = oldDeliveries({
    tenantId: world.tenantId,
    before: new Date(world.clock.now().getTime() - 16 * DAY_MS),
    limit: 2_000,
  });
  const { sql: question, parameters } = sql`explain (costs off) ${old}`.compile(world.db.unscoped);
  const plan = (await asOwner<{ "QUERY PLAN": string }>(world.clone, question, [...parameters])).map(
    (row) => row["QUERY PLAN"],
  );
  const text = plan.join("\n");
  expect(text).toMatch(/Index Cond: .*created_at </);
  expect(text).toMatch(/Index Cond: .*endpoint_id = w/);
});
