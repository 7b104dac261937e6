import { HOUR_MS, MINUTE_MS, SECOND_MS } from "../clock.ts";
import { newId } from "./ids.ts";
import type { Delivery, EndpointRecord, EventRecord } from "./stripe-records.ts";
import type { StripeWorld } from "./stripe-world.ts";
import { endpointsFor } from "./webhook-endpoints.ts";
import { signWebhook } from "./webhook-signature.ts";

/** What became of one attempt: the receiver's status, or why there is none. */
export type DeliveryAttempt = {
  readonly eventId: string;
  readonly type: string;
  readonly url: string;
  readonly outcome: number | "lost" | "unreachable";
};

export type WebhookDelivery = {
  publish(event: EventRecord): void;
  /** Tries a delivery whose time has come. */
  attempt(deliveryId: string): void;
  /** Keeps back what is published from now on. */
  hold(): void;
  /** Delivers what was kept back, in its order or the other way round, and goes on as usual. */
  release(order?: "as published" | "reversed"): void;
  /** The next events never arrive, and are not tried again. */
  loseNext(count: number): void;
  /** The next events arrive twice. */
  duplicateNext(count: number): void;
  /** Delivers an event again, whatever became of it. */
  resend(eventId: string): void;
  attempts(): readonly DeliveryAttempt[];
  /** Resolves when nothing is under way. What is kept back or waits for a retry does not count. */
  idle(): Promise<void>;
  close(): Promise<void>;
};

export const WEBHOOK_RETRY = "webhook.retry";

/** Stripe retries for up to three days with exponential backoff and does not publish the steps (https://docs.stripe.com/webhooks). */
const RETRY_DELAYS_MS = [
  10 * SECOND_MS,
  5 * MINUTE_MS,
  HOUR_MS,
  3 * HOUR_MS,
  6 * HOUR_MS,
  12 * HOUR_MS,
  24 * HOUR_MS,
  24 * HOUR_MS,
] as const;
const TIMEOUT_MS = 10 * SECOND_MS;
const ATTEMPTS_REMEMBERED = 1000;

/** Delivers events to endpoints, one after another for each endpoint. */
export function createWebhookDelivery(world: StripeWorld): WebhookDelivery {
  const { deliveries, endpoints, events, tasks } = world.records;
  const closing = new AbortController();
  const lines = new Map<string, Promise<void>>();
  const log: DeliveryAttempt[] = [];
  let held: Delivery[] | undefined;
  let toLose = 0;
  let toDuplicate = 0;

  const remember = (attempt: DeliveryAttempt): void => {
    log.push(attempt);
    if (log.length > ATTEMPTS_REMEMBERED) log.shift();
  };

  const enqueue = (delivery: Delivery): void => {
    const before = lines.get(delivery.endpointId) ?? Promise.resolve();
    const after = before
      .then(() => deliver(delivery))
      .finally(() => {
        if (lines.get(delivery.endpointId) === after) lines.delete(delivery.endpointId);
      });
    lines.set(delivery.endpointId, after);
  };

  const open = (event: EventRecord, endpoint: EndpointRecord): void => {
    const delivery = deliveries.put({ id: newId("dlv"), eventId: event.id, endpointId: endpoint.id, attempts: 0 });
    if (held === undefined) enqueue(delivery);
    else held.push(delivery);
  };

  async function deliver(delivery: Delivery): Promise<void> {
    const event = events.get(delivery.eventId);
    const endpoint = endpoints.get(delivery.endpointId);
    if (closing.signal.aborted) return;
    if (event === undefined || endpoint === undefined) return deliveries.remove(delivery.id);
    // A receiver judges the age of a signature by the machine's clock, or by one that is moved with ours: the later of the two is fresh for both.
    const signedAt = new Date(Math.max(world.now().getTime(), Date.now()));
    const signal = AbortSignal.any([closing.signal, AbortSignal.timeout(TIMEOUT_MS)]);
    const outcome = await post({ event, endpoint, signedAt, signal });
    // Cut off by our own end it was no attempt: the next start makes it.
    if (closing.signal.aborted && outcome === "unreachable") return;
    remember({ eventId: event.id, type: event.type, url: endpoint.endpoint.url, outcome });
    if (typeof outcome === "number" && outcome >= 200 && outcome < 300) return deliveries.remove(delivery.id);

    const delayMs = RETRY_DELAYS_MS[delivery.attempts];
    if (delayMs === undefined) return deliveries.remove(delivery.id);
    deliveries.put({ ...delivery, attempts: delivery.attempts + 1 });
    const dueMs = world.now().getTime() + delayMs;
    world.agenda.schedule({ id: `${WEBHOOK_RETRY} ${delivery.id}`, kind: WEBHOOK_RETRY, subject: delivery.id, dueMs });
  }

  const waiting = new Set([...tasks.values()].map((task) => task.subject));
  for (const delivery of deliveries.all()) if (!waiting.has(delivery.id)) enqueue(delivery);

  const idle = async (): Promise<void> => {
    while (lines.size > 0) await Promise.all(lines.values());
  };

  return {
    publish(event) {
      for (const endpoint of endpointsFor(world, event)) {
        if (toLose > 0) {
          toLose -= 1;
          remember({ eventId: event.id, type: event.type, url: endpoint.endpoint.url, outcome: "lost" });
          continue;
        }
        open(event, endpoint);
        if (toDuplicate === 0) continue;
        toDuplicate -= 1;
        open(event, endpoint);
      }
    },
    attempt(deliveryId) {
      const delivery = deliveries.get(deliveryId);
      if (delivery !== undefined) enqueue(delivery);
    },
    hold() {
      held ??= [];
    },
    release(order = "as published") {
      const kept = held ?? [];
      held = undefined;
      for (const delivery of order === "reversed" ? kept.toReversed() : kept) enqueue(delivery);
    },
    loseNext(count) {
      toLose = count;
    },
    duplicateNext(count) {
      toDuplicate = count;
    },
    resend(eventId) {
      const event = events.get(eventId);
      if (event !== undefined) for (const endpoint of endpointsFor(world, event)) open(event, endpoint);
    },
    attempts: () => [...log],
    idle,
    async close() {
      closing.abort();
      await idle();
    },
  };
}

async function post(input: {
  readonly event: EventRecord;
  readonly endpoint: EndpointRecord;
  readonly signedAt: Date;
  readonly signal: AbortSignal;
}): Promise<number | "unreachable"> {
  const { event, signedAt, signal } = input;
  const { endpoint, secret } = input.endpoint;
  const payload = JSON.stringify({ ...event, pending_webhooks: 1 }, null, 2);
  try {
    const response = await fetch(endpoint.url, {
      method: "POST",
      body: payload,
      redirect: "manual",
      signal,
      headers: {
        "content-type": "application/json; charset=utf-8",
        "stripe-signature": signWebhook({ payload, secret, at: signedAt }),
        "user-agent": "Stripe/1.0 (+https://stripe.com/docs/webhooks)",
      },
    });
    await response.body?.cancel();
    return response.status;
  } catch {
    return "unreachable";
  }
}
