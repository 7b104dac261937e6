import { invariant } from "../kernel/invariant.ts";
import type { Tx } from "../platform/database/index.ts";
import { enqueueAll } from "../platform/jobs/index.ts";
import { BATCH_SIZE_MAX, findOvertaken, findTransactionsByExternalIds, type RecordingOutcome } from "../sales/index.ts";
import type { KeptMovement } from "./movement.ts";
import {
  findInvoices,
  findLearnt,
  findTouched,
  learnCustomers,
  type MovementFate,
  settleMovements,
} from "./movement-repository.ts";
import { type Placing, type PlacingFacts, placeMovements } from "./place-movements.ts";
import type { RevenueDeps } from "./revenue-deps.ts";

export type Partnership = { readonly partnerId: string };

/** Puts a partner's earnings in the order of dates. */
export const ORDER_JOB = "revenue.order";

const UNKNOWN_CUSTOMER = "transaction.unknown_customer";
/** What an e-mail teaches yields to anything that a message says. */
const BEFORE_ALL = new Date(0);

/**
 * Records the movements whose customer and original are known, in the caller's transaction, and with them those that waited for these: at one go,
 * since whatever records takes the locks of partners in their order once (CONTRIBUTING, "How the concurrency works").
 */
export async function recordWaiting(
  deps: RevenueDeps,
  tx: Tx,
  { sourceId, movements }: { readonly sourceId: string; readonly movements: readonly KeptMovement[] },
): Promise<void> {
  if (movements.length === 0) return;
  const placings = await placeAll(deps, tx, { sourceId, movements });
  const placed = placings.flatMap((placing) => ("event" in placing ? [placing] : []));
  const outcomes = await deps.sales.recordInside(
    tx,
    placed.map(({ event }) => event),
  );
  const fates = [
    ...placings.flatMap((placing): MovementFate[] =>
      "reason" in placing ? [{ id: placing.movement.id, status: "waiting", reason: placing.reason }] : [],
    ),
    ...placed.map(({ movement }, index) => fateOf(movement.id, outcomes[index])),
  ];
  await settleMovements(tx, fates);
  await learnCustomers(
    tx,
    sourceId,
    placed.flatMap(({ movement, event, isByEmail }) =>
      isByEmail && movement.providerCustomerId !== null
        ? [
            {
              providerId: movement.providerCustomerId,
              customerExternalId: event.customerExternalId,
              email: null,
              at: BEFORE_ALL,
            },
          ]
        : [],
    ),
  );
  await orderLater(
    tx,
    fates.flatMap((fate) => (fate.status === "recorded" ? [fate.transactionId] : [])),
  );
}

/** Places movements, and whatever waits for one that can be recorded, until nothing more follows. What is too much for one go waits for the next. */
async function placeAll(
  deps: RevenueDeps,
  tx: Tx,
  { sourceId, movements }: { readonly sourceId: string; readonly movements: readonly KeptMovement[] },
): Promise<readonly Placing[]> {
  const all = new Map(movements.map((one) => [one.id, one]));
  const asked = new Set<string>();
  for (;;) {
    const known = [...all.values()];
    const placings = placeMovements(known, await factsFor(deps, tx, { sourceId, movements: known }));
    const names = placings
      .flatMap((one) => ("event" in one ? one.event.externalId : []))
      .filter((id) => !asked.has(id));
    for (const name of names) asked.add(name);
    const touched =
      names.length === 0
        ? []
        : await findTouched(tx, sourceId, { externalIds: names, providerCustomerIds: [], paymentIds: [] });
    const fresh = touched.filter(({ id }) => !all.has(id)).slice(0, BATCH_SIZE_MAX - all.size);
    if (fresh.length === 0) return placings;
    for (const one of fresh) all.set(one.id, one);
  }
}

/** Whether an event was refused for its customer alone, who may become known. */
export const isUnknownCustomer = (outcome: RecordingOutcome | undefined): boolean =>
  outcome?.status === "rejected" && outcome.error.code === UNKNOWN_CUSTOMER;

function fateOf(id: string, outcome: RecordingOutcome | undefined): MovementFate {
  invariant(outcome !== undefined, "every event has an outcome");
  if (outcome.status !== "rejected") return { id, status: "recorded", transactionId: outcome.id };
  const { code } = outcome.error;
  if (isUnknownCustomer(outcome)) return { id, status: "waiting", reason: "customer_unknown" };
  return { id, status: "refused", reason: code };
}

/** Where something of a later date was recorded before one of these, the partner's earnings are put in order once this commits. */
export async function orderLater(tx: Tx, transactionIds: readonly string[]): Promise<void> {
  if (transactionIds.length === 0) return;
  const partners = await findOvertaken(tx, transactionIds);
  await enqueueAll(
    tx,
    ORDER_JOB,
    partners.map((partnerId) => ({ payload: { partnerId } satisfies Partnership, key: `${ORDER_JOB}:${partnerId}` })),
  );
}

async function factsFor(
  { customers }: RevenueDeps,
  tx: Tx,
  { sourceId, movements }: { readonly sourceId: string; readonly movements: readonly KeptMovement[] },
): Promise<PlacingFacts> {
  const learnt = await findLearnt(tx, sourceId, present(movements.map((one) => one.providerCustomerId)));
  const names = present([
    ...movements.map((one) => one.customerExternalId),
    ...[...learnt.values()].map((one) => one.customerExternalId),
  ]);
  const emails = present([...movements.map((one) => one.email), ...[...learnt.values()].map((one) => one.email)]);
  const invoices = await findInvoices(tx, sourceId, [...new Set(movements.flatMap((one) => one.paymentIds))]);
  const originalIds = present([...[...invoices.values()].flat(), ...movements.map((one) => one.originalExternalId)]);
  const originals = originalIds.length === 0 ? [] : await findTransactionsByExternalIds(tx, originalIds);
  const owners = await customers.findCustomerExternalIds(
    tx,
    originals.map((one) => one.customerId),
  );
  return {
    learnt,
    customers: new Set((await customers.findCustomerIds(tx, names)).keys()),
    byEmail: await customers.findCustomersByEmails(tx, emails),
    invoices,
    originals: new Map(
      originals.flatMap(({ externalId, customerId }) => {
        const owner = owners.get(customerId);
        return owner === undefined ? [] : [[externalId, owner] as const];
      }),
    ),
  };
}

const present = (values: readonly (string | null)[]): string[] => [
  ...new Set(values.filter((value): value is string => value !== null)),
];
