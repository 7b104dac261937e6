import { afterAll, afterEach, beforeAll, beforeEach } from "vitest";
import { asOwner } from "./postgres.ts";
import { type Receiver, startReceiver } from "./receiver.ts";
import { type WebhookWorld, webhookWorld } from "./webhooks.ts";

/** Webhooks on a database of the file's own, with a partner, and a new receiver for each test. */
export function webhookSuite() {
  let world: WebhookWorld;
  let receiver: Receiver;
  let partnerId: string;

  beforeAll(async () => {
    world = await webhookWorld();
    partnerId = await world.newPartner();
  });
  beforeEach(async () => {
    // What happens in a test happens after the test before.
    world.clock.advance(1);
    receiver = await startReceiver();
  });
  afterEach(async () => {
    await receiver[Symbol.asyncDispose]();
    // What a test leaves waiting is not the next one's.
    await asOwner(world.clone, "update partner_webhooks set deleted_at = now()");
    const [error] = world.errors.splice(0);
    if (error !== undefined) throw error;
  });
  afterAll(() => world?.[Symbol.asyncDispose]());

  return {
    get world() {
      return world;
    },
    get receiver() {
      return receiver;
    },
    get partnerId() {
      return partnerId;
    },
    /** An endpoint of the operator's, which is told nothing of the others. */
    register: (url = receiver.url, events = ["payout.*", "commission.*", "partner.*"]) =>
      world.webhooks.createEndpoint(world.operator(), { url, events }),
    /** Sends what is due, as a worker of its own. Says how many attempts were made. */
    deliver: () => world.worker().deliverDue(),
    /** The newest delivery to an endpoint, as its owner sees it. */
    newest: async (endpointId: string) => {
      const filter = { endpointId };
      return (await world.webhooks.listDeliveries(world.operator(), { filter, page: {} })).data[0];
    },
  };
}
