import { randomInt } from "node:crypto";
import { newId } from "../kernel/id.ts";
import { policyFor } from "./address-rules.ts";
import { sealedAs } from "./create-endpoint.ts";
import {
  type ClaimedDelivery,
  claimDeliveries,
  findClosedEndpoints,
  releaseDeliveries,
  type SettledAttempt,
  settleDeliveries,
} from "./delivery-repository.ts";
import { decideDelivery } from "./delivery-rules.ts";
import { retiredSecrets } from "./endpoint-repository.ts";
import { machineTime } from "./machine-time.ts";
import { type Answer, createSender, type Sender, type SenderOptions } from "./send-message.ts";
import { keyOf, signMessage } from "./sign-message.ts";
import type { WebhookDeps } from "./webhook-deps.ts";

/** Deliveries that a worker has claimed and not settled. One that waits for an answer costs a socket and little else. */
const CLAIMED_MAX = 1_000;
/** Requests to one endpoint at once; one that has failed three times in a row gets one at a time (`claim_webhook_deliveries`). */
export const ENDPOINT_MAX = 20;
/** Claimed for one endpoint: there is work at hand while the next is claimed, and all of it is sent before the claim ends. */
const ENDPOINT_CLAIMED_MAX = 60;
/** Claimed for all endpoints of one owner: half of a worker is always there for the others. */
const OWNER_CLAIMED_MAX = CLAIMED_MAX / 2;
/** Longer than any request takes, with the time that it may wait to be written down. */
const CLAIM_MS = 60_000;
const IDLE_WAIT_MS = 200;
/** While it stops. */
const STOPPING_WAIT_MS = 20;
const CHANCE_STEPS = 1_000;

export type DelivererOptions = Pick<WebhookDeps, "db" | "clock" | "sealer" | "addresses"> & {
  /** An endpoint says that it is gone for good (410). */
  readonly onGone: (endpoint: {
    readonly tenantId: string;
    readonly id: string;
    readonly url: string;
  }) => Promise<void>;
  readonly onError: (error: unknown) => void;
  readonly sender?: Partial<SenderOptions>;
};

type Held = { readonly delivery: ClaimedDelivery; readonly claim: string; readonly until: Date };

/** What is claimed for one endpoint, and how many requests to it are on their way. */
type Lane = { readonly tenantId: string; readonly held: Held[]; active: number };

/** Of the operator's own endpoints and of partners', who may be sent to fewer addresses. */
type Senders = AsyncDisposable & { readonly operator: Sender; readonly partners: Sender };

export type Deliverer = {
  /** Works until `signal` aborts, then waits for what is on its way. */
  run(signal: AbortSignal): Promise<void>;
  /** Sends what is due now, and what becomes due by that, until nothing is. Says how many attempts were made. */
  deliverDue(): Promise<number>;
};

/**
 * Sends deliveries. Any number of workers may run one: each claims its own, for a time; what a worker that died had claimed is claimed anew. A slow endpoint
 * holds its own connections and nobody else's.
 */
export function createDeliverer(options: DelivererOptions): Deliverer {
  const { db, clock, sealer, onError } = options;
  const keys = createKeys(sealer);

  const session = (senders: Senders, wake: () => void, signal?: AbortSignal) => {
    const lanes = new Map<string, Lane>();
    let claimed = 0;
    /** How many there were after the last claim. */
    let mark = 0;
    let results: SettledAttempt[] = [];
    /** What will not be sent here, to be given back. */
    let returned: Held[] = [];

    const post = async (delivery: ClaimedDelivery, sentAt: Date): Promise<Answer> => {
      const { event_id: id, body, url } = delivery;
      try {
        const sender = delivery.partner_id === null ? senders.operator : senders.partners;
        return await sender.send({ url, body, headers: signMessage({ id, sentAt, body }, keys.of(delivery, sentAt)) });
      } catch (error) {
        // A secret that another encryption key has sealed: the delivery fails like any other, and the endpoint's owner sees why.
        onError(error);
        return { statusCode: null, retryAfter: null, responseBody: null, error: "the signing secret cannot be read" };
      }
    };

    const attempt = async ({ delivery, claim }: Held): Promise<void> => {
      const startedAt = machineTime(clock);
      const { endpoint_id: endpointId } = delivery;
      const answer = await post(delivery, startedAt);
      const endedAt = machineTime(clock);
      const outcome = decideDelivery(answer, {
        tries: delivery.tries,
        at: endedAt,
        chance: randomInt(CHANCE_STEPS) / CHANCE_STEPS,
      });
      results.push({
        delivery,
        claim,
        startedAt,
        durationMs: endedAt.getTime() - startedAt.getTime(),
        statusCode: answer.statusCode,
        error: answer.error ?? (outcome.status === "delivered" ? null : `answered ${answer.statusCode}`),
        responseBody: answer.responseBody,
        status: outcome.status,
        nextAttemptAt: outcome.nextAttemptAt,
        throttledUntil: outcome.throttledUntil,
      });
      if (outcome.isGone)
        await options.onGone({ tenantId: delivery.tenant_id, id: endpointId, url: delivery.url }).catch(onError);
    };

    const giveBack = ({ held }: Lane): void => {
      claimed -= held.length;
      returned.push(...held.splice(0));
    };

    /** Sends what is claimed for an endpoint, so many at once. */
    const drive = async (endpointId: string, lane: Lane): Promise<void> => {
      lane.active += 1;
      while (lane.held.length > 0) {
        if (signal?.aborted) {
          giveBack(lane);
          break;
        }
        const held = lane.held.shift();
        if (held === undefined) break;
        // A claim that has ended while it waited here is somebody else's.
        if (machineTime(clock) < held.until) await attempt(held).catch(onError);
        claimed -= 1;
        wake();
      }
      lane.active -= 1;
      if (lane.active === 0) lanes.delete(endpointId);
      wake();
    };

    return {
      inFlight: () => claimed,
      isHalfSent: () => mark > 0 && claimed <= mark / 2,
      unsettled: () => results.length + returned.length,
      /** Claims as much as there is room for and sends it; says how much. */
      claim: async (): Promise<number> => {
        const room = CLAIMED_MAX - claimed;
        if (room <= 0) return 0;
        const [at, id] = [machineTime(clock), newId()];
        const until = new Date(at.getTime() + CLAIM_MS);
        const deliveries = await claimDeliveries(db, {
          id,
          at,
          until,
          limit: room,
          endpointMax: ENDPOINT_CLAIMED_MAX,
          ownerMax: OWNER_CLAIMED_MAX,
          busy: new Map([...lanes].map(([endpointId, { held, active }]) => [endpointId, held.length + active])),
        });
        claimed += deliveries.length;
        mark = claimed;
        for (const delivery of deliveries) {
          const { endpoint_id: endpointId, tenant_id: tenantId } = delivery;
          const lane = lanes.get(endpointId) ?? { tenantId, held: [], active: 0 };
          lanes.set(endpointId, lane);
          lane.held.push({ delivery, claim: id, until });
          if (lane.active < ENDPOINT_MAX) void drive(endpointId, lane);
        }
        return deliveries.length;
      },
      /** Gives back what waits here for endpoints that were deleted or turned off since it was claimed. */
      dropClosed: async (): Promise<void> => {
        const waiting = [...lanes].filter(([, { held }]) => held.length > 0);
        if (waiting.length === 0) return;
        const closed = await findClosedEndpoints(
          db,
          waiting.map(([id, { tenantId }]) => ({ tenantId, id })),
        );
        for (const id of closed) {
          const lane = lanes.get(id);
          if (lane !== undefined) giveBack(lane);
        }
      },
      /** Writes down what has come of requests, and gives back the rest. What could not be written is written the next time. */
      settle: async (): Promise<void> => {
        const [batch, rest] = [results, returned];
        results = [];
        returned = [];
        try {
          if (batch.length > 0) await settleDeliveries(db, batch, machineTime(clock));
        } catch (error) {
          results = [...batch, ...results];
          returned = [...rest, ...returned];
          throw error;
        }
        try {
          if (rest.length > 0) await releaseDeliveries(db, rest);
        } catch (error) {
          returned = [...rest, ...returned];
          throw error;
        }
      },
    };
  };

  const openSenders = (): Senders => {
    const open = (partnerId: string | null): Sender =>
      createSender({ addresses: policyFor(options.addresses, partnerId), ...options.sender });
    const [operator, partners] = [open(null), open("any")];
    return {
      operator,
      partners,
      [Symbol.asyncDispose]: async () => {
        await Promise.all([operator[Symbol.asyncDispose](), partners[Symbol.asyncDispose]()]);
      },
    };
  };

  const run = async (signal: AbortSignal): Promise<void> => {
    await using senders = openSenders();
    const bell = createBell();
    const work = session(senders, bell.ring, signal);
    signal.addEventListener("abort", bell.ring, { once: true });
    while (!signal.aborted || work.inFlight() > 0 || work.unsettled() > 0) {
      try {
        await Promise.all([...(signal.aborted ? [] : [work.claim(), work.dropClosed()]), work.settle()]);
        if (signal.aborted) await bell.wait(STOPPING_WAIT_MS, () => false);
        // Not one by one, since a commit costs more than the rows in it: the next are claimed, and answers written down, when half of what was claimed is sent;
        // or after a while, since others may have work by then.
        else await bell.wait(IDLE_WAIT_MS, () => work.isHalfSent() || signal.aborted);
      } catch (error) {
        onError(error);
        if (signal.aborted) return;
        await bell.wait(IDLE_WAIT_MS * 5, () => false);
      }
    }
  };

  const deliverDue = async (): Promise<number> => {
    await using senders = openSenders();
    const bell = createBell();
    const work = session(senders, bell.ring);
    let attempts = 0;
    for (;;) {
      const claimed = await work.claim();
      attempts += claimed;
      if (claimed === 0 && work.inFlight() === 0 && work.unsettled() === 0) return attempts;
      await bell.wait(IDLE_WAIT_MS, () => work.inFlight() === 0 || work.isHalfSent());
      await work.settle();
    }
  };

  return { run, deliverDue };
}

/** Waits for a time, or until it is enough: that is asked at once, and whenever somebody rings. */
function createBell() {
  let ring = (): void => {};
  return {
    ring: (): void => ring(),
    wait: (durationMs: number, isEnough: () => boolean): Promise<void> =>
      new Promise((resolve) => {
        const timer = setTimeout(done, durationMs);
        function done(): void {
          clearTimeout(timer);
          ring = () => {};
          resolve();
        }
        ring = () => {
          if (isEnough()) done();
        };
        ring();
      }),
  };
}

/** Opened secrets, kept for as long as the sealed ones stay as they are: opening one costs more than signing. */
function createKeys(sealer: WebhookDeps["sealer"]) {
  const opened = new Map<string, { readonly sealed: Buffer; readonly key: Buffer }>();
  const KEPT_MAX = 10_000;
  const open = (name: string, endpointId: string, sealed: Buffer): Buffer => {
    const known = opened.get(name);
    if (known?.sealed.equals(sealed)) return known.key;
    const key = keyOf(sealer.open(sealed, sealedAs(endpointId)));
    if (opened.size >= KEPT_MAX) opened.clear();
    opened.set(name, { sealed, key });
    return key;
  };
  return {
    of: (delivery: ClaimedDelivery, at: Date): Buffer[] => {
      const { endpoint_id: id, secret_encrypted, retired_secrets_encrypted, retired_secrets_until } = delivery;
      const retired = retiredSecrets(retired_secrets_encrypted, retired_secrets_until)
        .filter(({ until }) => at < until)
        .toReversed();
      return [secret_encrypted, ...retired.map(({ sealed }) => sealed)].map((sealed, age) =>
        open(`${id} ${age}`, id, sealed),
      );
    },
  };
}
