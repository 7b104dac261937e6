import { randomInt } from "node:crypto";
import { newId } from "../kernel/id.ts";
import { policyFor } from "./address-rules.ts";
import {
  type DueDelivery,
  findDueDeliveries,
  type LeasedEndpoint,
  leaseEndpoints,
  releaseEndpoints,
  type SettledAttempt,
  settleAttempts,
} from "./attempt-repository.ts";
import { type Bell, createBell } from "./bell.ts";
import { bodyFor } from "./body-for.ts";
import { decideDelivery } from "./delivery-rules.ts";
import { machineTime } from "./machine-time.ts";
import { AT_HAND_MAX, atHandMax, atOnce, shareRoom } from "./room-rules.ts";
import {
  ANSWER_TIMEOUT_MS,
  type Answer,
  createSender,
  notSent,
  READ_TIMEOUT_MS,
  type Sender,
  type SenderOptions,
} from "./send-message.ts";
import { headersOf, signMessage } from "./sign-message.ts";
import { createKeyring, keysAt, type SigningKeys } from "./signing-keys.ts";
import type { WebhookDeps } from "./webhook-deps.ts";

/** Endpoints that a worker sends to at once. */
const LANES_MAX = 1_000;
/** An endpoint is lent for so long, and anew each time that more is read. */
export const LEASE_MS = 60_000;
/** Nothing is sent so near to the end of it that its answer might come when the endpoint is another's. */
const SENT_BEFORE_MS = 2 * (ANSWER_TIMEOUT_MS + READ_TIMEOUT_MS);
/** Others may have work by then. */
const IDLE_WAIT_MS = 200;
/** Answers are written down when there are so many, or the oldest has waited so long: a commit costs more than the rows in it. */
const SETTLED_AT_ONCE = 500;
const SETTLE_WAIT_MS = 50;
const ERROR_WAIT_MS = 1_000;
const CHANCE_STEPS = 1_000;

export type DelivererOptions = Pick<WebhookDeps, "db" | "clock" | "sealer" | "addresses"> & {
  /** An endpoint says that it is gone for good (410). */
  readonly onGone: (endpoint: {
    readonly tenantId: string;
    readonly id: string;
    readonly url: string;
  }) => Promise<void>;
  readonly onError: (error: unknown) => void;
  /** So many answers were written down, of which so many were a success. */
  readonly onSettled?: (batch: { readonly attempts: number; readonly delivered: number }) => void;
  readonly sender?: Partial<SenderOptions>;
};

/** An endpoint at work here. */
type Lane = {
  endpoint: LeasedEndpoint;
  /** Undefined where its secret cannot be read. */
  keys: SigningKeys | undefined;
  /** Nothing is sent from then on, unless it is lent for longer. */
  until: Date;
  readonly unsent: DueDelivery[];
  /** Everything that is unsent, on its way, or not written down yet, by id. */
  readonly held: Set<string>;
  /** Requests on their way. */
  active: number;
  /** Whether there was more than it had room for. */
  isFull: boolean;
};

/** Of the operator's own endpoints and of partners', who may be sent to fewer addresses. */
type Senders = AsyncDisposable & { readonly operator: Sender; readonly partners: Sender };

export type Deliverer = {
  /** Works until `signal` aborts, then waits for what is on its way. */
  run(signal: AbortSignal): Promise<void>;
  /** Sends what is due now, and what becomes due by that, until nothing is. Says how many attempts were made. */
  deliverDue(): Promise<number>;
};

/**
 * Sends deliveries. Any number of workers may run one: an endpoint is lent to one of them at a time, which reads what is due, sends it, and writes down what
 * came of it, many at once. One that died has nothing but its lease, and that ends. A slow endpoint holds its own connections and nobody else's.
 */
export function createDeliverer(options: DelivererOptions): Deliverer {
  const { db, clock, sealer, onError } = options;
  const keysOf = createKeyring(sealer);

  const session = (senders: Senders, bell: Bell) => {
    const lease = newId();
    const lanes = new Map<string, Lane>();
    let results: SettledAttempt[] = [];
    let [unsent, active, attempts] = [0, 0, 0];
    /** How many were unsent after the last look for more. */
    let mark = 0;
    let isStarved = false;
    let isClosing = false;

    /** Sends a delivery and tells what came of it, later; says how it was signed. */
    const post = (
      { endpoint, keys }: Lane,
      { event_id: id, body: told }: DueDelivery,
      { sentAt, tell }: { readonly sentAt: Date; readonly tell: (answer: Answer) => void },
    ): string | null => {
      if (keys === undefined) {
        setImmediate(tell, notSent("the signing secret cannot be read"));
        return null;
      }
      const body = bodyFor(endpoint.partner_id, told);
      const signature = signMessage({ id, sentAt, body }, keysAt(keys, sentAt));
      const headers = headersOf({ id, sentAt, signature });
      const sender = endpoint.partner_id === null ? senders.operator : senders.partners;
      sender.send({ endpointId: endpoint.id, url: endpoint.url, body, headers }, tell);
      return signature;
    };

    /** Keeps so many of a lane's unsent deliveries; the others are read again when their turn comes. */
    const keepUnsent = (lane: Lane, count: number): void => {
      const dropped = lane.unsent.splice(count);
      for (const { id } of dropped) lane.held.delete(id);
      unsent -= dropped.length;
    };

    const attempt = (lane: Lane, delivery: DueDelivery): void => {
      const { endpoint } = lane;
      const startedAt = machineTime(clock);
      const finish = (): void => {
        lane.active -= 1;
        active -= 1;
        drive(lane);
        bell.ring();
      };
      const note = (answer: Answer): boolean => {
        const endedAt = machineTime(clock);
        const outcome = decideDelivery(answer, {
          tries: delivery.tries,
          at: endedAt,
          chance: randomInt(CHANCE_STEPS) / CHANCE_STEPS,
        });
        results.push({
          endpoint,
          delivery,
          startedAt,
          durationMs: endedAt.getTime() - startedAt.getTime(),
          signature,
          statusCode: answer.statusCode,
          error: answer.error ?? (outcome.status === "delivered" ? null : `answered ${answer.statusCode}`),
          responseHeaders: answer.responseHeaders,
          responseBody: answer.responseBody,
          status: outcome.status,
          nextAttemptAt: outcome.nextAttemptAt,
          throttledUntil: outcome.throttledUntil,
        });
        return outcome.isGone;
      };
      const tell = (answer: Answer): void => {
        let isGone = false;
        try {
          isGone = note(answer);
        } catch (error) {
          onError(error);
          lane.held.delete(delivery.id);
        }
        if (!isGone) return finish();
        const gone = { tenantId: endpoint.tenant_id, id: endpoint.id, url: endpoint.url };
        void options.onGone(gone).catch(onError).finally(finish);
      };
      const signature = post(lane, delivery, { sentAt: startedAt, tell });
    };

    /** Sends what a lane has, so many at once. */
    const drive = (lane: Lane): void => {
      while (lane.unsent.length > 0 && lane.active < atOnce(lane.endpoint.failure_count)) {
        if (machineTime(clock) >= lane.until) return keepUnsent(lane, 0);
        const delivery = lane.unsent.shift();
        if (delivery === undefined) return;
        unsent -= 1;
        lane.active += 1;
        active += 1;
        attempts += 1;
        attempt(lane, delivery);
      }
      if (lane.unsent.length === 0 && lane.isFull) isStarved = true;
    };

    const laneOf = (endpoint: LeasedEndpoint, until: Date): Lane => {
      const known = lanes.get(endpoint.id);
      const lane = known ?? { endpoint, keys: undefined, until, unsent: [], held: new Set(), active: 0, isFull: false };
      lanes.set(endpoint.id, lane);
      lane.endpoint = endpoint;
      lane.until = until;
      try {
        lane.keys = keysOf(endpoint);
      } catch (error) {
        // Another encryption key has sealed it: its deliveries fail like any other, and its owner sees why.
        lane.keys = undefined;
        onError(error);
      }
      return lane;
    };

    /** Asks for the endpoints that something is due for. One that is not lent again (off, deleted, busy, another's turn) has nothing more sent to it. */
    const refreshLanes = async (at: Date): Promise<Lane[]> => {
      const until = new Date(at.getTime() + LEASE_MS);
      const endpoints = await leaseEndpoints(db, { lease, at, until, limit: LANES_MAX });
      const lent = new Set(endpoints.map(({ id }) => id));
      for (const [id, lane] of lanes) {
        if (!lent.has(id)) keepUnsent(lane, 0);
        if (lane.held.size === 0 && !lent.has(id)) lanes.delete(id);
      }
      const sentUntil = new Date(until.getTime() - SENT_BEFORE_MS);
      return endpoints.map((endpoint) => {
        const lane = laneOf(endpoint, sentUntil);
        keepUnsent(lane, atHandMax(endpoint.failure_count));
        return lane;
      });
    };

    const readDue = async (at: Date, fresh: readonly Lane[]): Promise<number> => {
      // Where what came of requests cannot be written down, no more are made.
      const limit = AT_HAND_MAX - unsent - active - Math.max(0, results.length - AT_HAND_MAX);
      const rooms = shareRoom(
        fresh.map((lane) => ({
          lane,
          owner: `${lane.endpoint.tenant_id} ${lane.endpoint.partner_id}`,
          failureCount: lane.endpoint.failure_count,
          atHand: lane.unsent.length + lane.active,
        })),
      );
      if (limit <= 0 || rooms.length === 0) return 0;
      const due = await findDueDeliveries(db, {
        lease,
        at,
        asked: rooms.map(({ endpoint: { lane }, room }) => ({ endpoint: lane.endpoint, room, held: lane.held })),
        limit,
      });
      if (isClosing) return 0;
      for (const delivery of due) {
        const lane = lanes.get(delivery.endpoint_id);
        if (lane === undefined) continue;
        lane.held.add(delivery.id);
        lane.unsent.push(delivery);
      }
      unsent += due.length;
      const found = Map.groupBy(due, ({ endpoint_id }) => endpoint_id);
      for (const { endpoint, room } of rooms)
        endpoint.lane.isFull = (found.get(endpoint.lane.endpoint.id)?.length ?? 0) >= room;
      return due.length;
    };

    return {
      attempts: () => attempts,
      /** Nothing is on its way, and nothing waits to be written down. */
      isIdle: () => active === 0 && results.length === 0,
      isSent: () => active === 0 && unsent === 0,
      /** Time to look for more: half of what was there is sent, or an endpoint that had more than it had room for has none left. */
      isLow: () => (mark > 0 && unsent <= mark / 2) || isStarved,
      isWorthSettling: () => results.length >= SETTLED_AT_ONCE || (results.length > 0 && active === 0),
      /** Looks for what is due and begins to send it; says how much was found. */
      refill: async (): Promise<number> => {
        const at = machineTime(clock);
        isStarved = false;
        const fresh = await refreshLanes(at);
        const found = await readDue(at, fresh);
        mark = unsent;
        for (const lane of fresh) drive(lane);
        return found;
      },
      /** Writes down what has come of requests. What could not be written is written the next time. */
      settle: async (): Promise<void> => {
        if (results.length === 0) return;
        const batch = results;
        results = [];
        try {
          await settleAttempts(db, { lease, at: machineTime(clock), settled: batch });
        } catch (error) {
          results = [...batch, ...results];
          throw error;
        }
        for (const { endpoint, delivery } of batch) lanes.get(endpoint.id)?.held.delete(delivery.id);
        const delivered = batch.filter(({ status }) => status === "delivered").length;
        options.onSettled?.({ attempts: batch.length, delivered });
      },
      /** Begins nothing more. */
      close: (): void => {
        isClosing = true;
        for (const lane of lanes.values()) keepUnsent(lane, 0);
        bell.ring();
      },
      release: () => releaseEndpoints(db, lease),
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
    const work = session(senders, bell);
    signal.addEventListener("abort", work.close, { once: true });

    /** Does a step again and again, more slowly while it fails. */
    const keepOn = async (isOver: () => boolean, step: () => Promise<unknown>): Promise<void> => {
      while (!isOver())
        try {
          await step();
        } catch (error) {
          onError(error);
          if (signal.aborted) return;
          await bell.wait(ERROR_WAIT_MS, () => signal.aborted);
        }
    };
    await Promise.all([
      keepOn(
        () => signal.aborted,
        async () => {
          await work.refill();
          await bell.wait(IDLE_WAIT_MS, () => work.isLow() || signal.aborted);
        },
      ),
      keepOn(
        () => signal.aborted && work.isIdle(),
        async () => {
          await bell.wait(SETTLE_WAIT_MS, work.isWorthSettling);
          await work.settle();
        },
      ),
    ]);
    await work.release().catch(onError);
  };

  const deliverDue = async (): Promise<number> => {
    await using senders = openSenders();
    const bell = createBell();
    const work = session(senders, bell);
    for (;;) {
      const found = await work.refill();
      if (found === 0 && work.isIdle()) break;
      await bell.wait(IDLE_WAIT_MS, () => work.isSent() || work.isLow());
      await work.settle();
    }
    await work.release();
    return work.attempts();
  };

  return { run, deliverDue };
}
