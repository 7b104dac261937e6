import { isDeepStrictEqual } from "node:util";
import { hasCode } from "../kernel/errors.ts";
import type { Ctx } from "../platform/context.ts";
import type { OutboxRow, ReadTx } from "../platform/database/index.ts";
import { findOwnMode, type TenantMode } from "../tenants/index.ts";
import { APART_TYPES, CATALOGUE } from "./catalogue.ts";
import { insertDeliveries } from "./delivery-repository.ts";
import { requireWebhooks } from "./endpoint-owner.ts";
import { type Endpoint, findActiveEndpoints } from "./endpoint-repository.ts";
import { isWanted } from "./event-patterns.ts";
import {
  findNewest,
  findTaken,
  insertEvents,
  lockSequence,
  type NewWebhookEvent,
  type WebhookEvent,
} from "./event-repository.ts";
import { machineTime } from "./machine-time.ts";
import type { WebhookDeps } from "./webhook-deps.ts";

type Data = Readonly<Record<string, unknown>>;
type Changes = Readonly<Record<string, { readonly old: unknown; readonly new: unknown }>>;

/** What an event says. `changes` names what is other than the event before told of the object; null where there was none before. */
export type EventBody = {
  readonly id: string;
  readonly type: string;
  /** `test`: of a twin. */
  readonly mode: TenantMode;
  readonly timestamp: string;
  readonly data: Data;
  readonly changes: Changes | null;
};

/** Fields that differ, with both values. */
export function changesBetween(before: Data, after: Data): Changes {
  const names = [...new Set([...Object.keys(before), ...Object.keys(after)])];
  return Object.fromEntries(
    names
      .filter((name) => !isDeepStrictEqual(before[name], after[name]))
      .map((name) => [name, { old: before[name] ?? null, new: after[name] ?? null }]),
  );
}

/**
 * Takes events of one tenant, in order, from the outbox: keeps the body of each once and puts it on its way to every endpoint that asked for it.
 * Safe to tell twice.
 */
export const fanOut =
  (deps: WebhookDeps) =>
  async (ctx: Ctx, events: readonly OutboxRow[]): Promise<void> => {
    const known = events.filter(({ type }) => Object.hasOwn(CATALOGUE, type));
    if (known.length === 0) return;
    await deps.db.transaction(ctx, async (tx) => {
      await lockSequence(tx);
      const taken = await findTaken(
        tx,
        known.map(({ id }) => id),
      );
      const fresh = known.filter(({ id }) => !taken.has(id));
      if (fresh.length === 0) return;
      const newest = await findNewest(tx, {
        objectIds: [...new Set(fresh.flatMap(({ type, object_id }) => (CATALOGUE[type]?.isApart ? [] : object_id)))],
        apart: APART_TYPES,
      });
      const mode = await findOwnMode(tx);
      const added = await insertEvents(
        tx,
        fresh.map((event) => {
          if (CATALOGUE[event.type]?.isApart) return newEvent(event, mode, undefined);
          const made = newEvent(event, mode, newest.get(event.object_id));
          newest.set(event.object_id, made.body);
          return made;
        }),
      );
      const endpoints = await withWebhooks(deps, tx, await findActiveEndpoints(tx));
      const deliveries = added.flatMap((event) =>
        endpoints.filter((endpoint) => isFor(event, endpoint)).map(({ id }) => ({ endpointId: id, event })),
      );
      await insertDeliveries(tx, deliveries, machineTime(deps.clock));
    });
  };

function newEvent(event: OutboxRow, mode: TenantMode, before: string | undefined): NewWebhookEvent {
  const data = event.data as Data;
  const body: EventBody = {
    id: event.id,
    type: event.type,
    mode,
    timestamp: event.occurred_at.toISOString(),
    data,
    changes: before === undefined ? null : changesBetween((JSON.parse(before) as EventBody).data, data),
  };
  return {
    id: event.id,
    type: event.type,
    objectType: event.object_type,
    objectId: event.object_id,
    partnerId: CATALOGUE[event.type]?.isOperatorOnly ? null : partnerOf(event),
    endpointId: null,
    body: JSON.stringify(body),
    occurredAt: event.occurred_at,
  };
}

/** Whose event it is: a partner is its own. */
function partnerOf({ object_type, object_id, data }: OutboxRow): string | null {
  if (object_type === "partner") return object_id;
  const { partnerId } = data as { readonly partnerId?: unknown };
  return typeof partnerId === "string" ? partnerId : null;
}

/** Partners are told of their own alone, the operator of everything; and no endpoint of itself, which says little of one that fails or was taken over. */
const isFor = (event: WebhookEvent, { id, partnerId, events }: Endpoint): boolean =>
  (partnerId === null || partnerId === event.partnerId) && isWanted(event.type, events) && event.objectId !== id;

/** Endpoints but those of partners who have left the tiers that include webhooks. */
async function withWebhooks(deps: WebhookDeps, tx: ReadTx, endpoints: readonly Endpoint[]): Promise<Endpoint[]> {
  const included = new Map<string | null, boolean>([[null, true]]);
  for (const { partnerId } of endpoints) {
    if (included.has(partnerId)) continue;
    included.set(
      partnerId,
      await requireWebhooks(deps, tx, partnerId).then(
        () => true,
        (error: unknown) => {
          if (hasCode(error, "feature.not_included")) return false;
          throw error;
        },
      ),
    );
  }
  return endpoints.filter(({ partnerId }) => included.get(partnerId));
}
