import { importOrder, type ReportedTransaction } from "../sales/index.ts";
import type { KeptMovement, WaitingReason } from "./movement.ts";

/** What is known when movements are placed. */
export type PlacingFacts = {
  /** What a billing system's customers are called here. */
  readonly learnt: ReadonlyMap<string, { readonly customerExternalId: string | null; readonly email: string | null }>;
  /** Customers that exist, by their external id. */
  readonly customers: ReadonlySet<string>;
  /** The customers that have an e-mail, by it. */
  readonly byEmail: ReadonlyMap<string, readonly string[]>;
  /** The invoices that payments paid. */
  readonly invoices: ReadonlyMap<string, readonly string[]>;
  /** The customers of transactions that were recorded, by the transaction's external id. */
  readonly originals: ReadonlyMap<string, string>;
};

export type Placing =
  | { readonly movement: KeptMovement; readonly event: ReportedTransaction; readonly isByEmail: boolean }
  | { readonly movement: KeptMovement; readonly reason: WaitingReason };

/**
 * Decides which movements can be recorded, and as what, in the order of an import: what is reversed before what reverses it. A customer is
 * matched by what the message names, then by what was learnt of the billing system's customer, then by an e-mail that one customer has.
 */
export function placeMovements(movements: readonly KeptMovement[], facts: PlacingFacts): Placing[] {
  const originals = new Map(facts.originals);
  return movements.toSorted(importOrder).map((movement) => {
    const placing =
      movement.kind === "payment" || movement.kind === "card" || movement.customerExternalId !== null
        ? placeOwn(movement, facts)
        : placeReversal(movement, { ...facts, originals });
    if ("event" in placing) originals.set(movement.externalId, placing.event.customerExternalId);
    return placing;
  });
}

/** A movement of its own, or a reversal whose message says of whom: its original may come later (the rules of transactions let it wait). */
function placeOwn(movement: KeptMovement, facts: PlacingFacts): Placing {
  const learnt = facts.learnt.get(movement.providerCustomerId ?? "");
  const name = movement.customerExternalId ?? learnt?.customerExternalId;
  if (name != null) {
    // Named, but not here: another one with the same e-mail is somebody else.
    if (!facts.customers.has(name)) return { movement, reason: "customer_unknown" };
    return { movement, event: eventOf(movement, name, movement.originalExternalId), isByEmail: false };
  }
  const found = facts.byEmail.get(movement.email ?? learnt?.email ?? "") ?? [];
  const [only] = found;
  if (only === undefined) return { movement, reason: "customer_unnamed" };
  if (found.length > 1) return { movement, reason: "email_ambiguous" };
  return { movement, event: eventOf(movement, only, movement.originalExternalId), isByEmail: true };
}

/** A reversal falls on the customer of what it reverses: the dispute that it names, or the invoice that its payment paid. */
function placeReversal(movement: KeptMovement, facts: PlacingFacts): Placing {
  const paid = movement.paymentIds.flatMap((id) => facts.invoices.get(id) ?? []);
  const candidates =
    movement.originalExternalId === null ? [...new Set(paid)].toSorted() : [movement.originalExternalId];
  if (candidates.length === 0) return { movement, reason: "payment_unknown" };
  const original = candidates.find((id) => facts.originals.has(id));
  const customer = facts.originals.get(original ?? "");
  if (original === undefined || customer === undefined) return { movement, reason: "original_missing" };
  return { movement, event: eventOf(movement, customer, original), isByEmail: false };
}

const eventOf = (
  movement: KeptMovement,
  customerExternalId: string,
  originalExternalId: string | null,
): ReportedTransaction => ({
  externalId: movement.externalId,
  customerExternalId,
  kind: movement.kind,
  amount: movement.amount,
  currency: movement.currency,
  occurredAt: movement.occurredAt,
  originalExternalId,
  tax: movement.tax,
  revenue: movement.revenue,
  product: movement.product ?? null,
  planCode: movement.planCode ?? null,
  country: movement.country ?? null,
  createCustomer: false,
});
