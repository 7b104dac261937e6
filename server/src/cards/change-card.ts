import { invariant } from "../kernel/invariant.ts";
import { type Ctx, requireScope } from "../platform/context.ts";
import type { Tx } from "../platform/database/index.ts";
import { requireActivePartner } from "./acting-partner.ts";
import { applyState, tell } from "./apply-state.ts";
import type { CardDeps } from "./card-deps.ts";
import { cardErrors } from "./card-errors.ts";
import { type FoundCard, findCard, lockCard, changeCard as writeCard } from "./card-repository.ts";
import { type ChangedBy, heldAfter, isKeptBack, type SpendingLimits, type WantedState } from "./card-rules.ts";
import { type CardView, cardView } from "./card-view.ts";
import { requireWithin } from "./issue-card.ts";
import { boundColumns, boundsOf, findProduct, limitColumns, limitsOf } from "./program-repository.ts";
import { lockChain } from "./request-repository.ts";

export type ChangeCard = {
  readonly cardId: string;
  readonly state?: WantedState;
  /** Those that are named; null takes the product's. */
  readonly limits?: Partial<SpendingLimits>;
};

/** Activates, suspends or ends a card of the partner's, or narrows its limits; within what the operator has set. Throws `card.held`. */
export const changeOwnCard =
  (deps: CardDeps) =>
  (ctx: Ctx, input: ChangeCard): Promise<CardView> =>
    deps.db.transaction(ctx, async (tx) => {
      requireScope(ctx, "own:cards:write");
      const partnerId = await requireActivePartner(deps, tx, ctx);
      const card = await findCard(tx, input.cardId);
      if (card === undefined || card.partner_id !== partnerId) throw cardErrors.not_found();
      return change(deps, tx, card, { ...input, by: "partner" });
    });

/**
 * The operator suspends or ends any partner's card, or lets it pay again. What it suspends it holds: the partner cannot make it active. Its
 * limits are bounds of their own beside the partner's, and hold whatever the partner sets.
 */
export const changeAnyCard =
  (deps: CardDeps) =>
  (ctx: Ctx, input: ChangeCard & { readonly isHeld?: boolean }): Promise<CardView> =>
    deps.db.transaction(ctx, async (tx) => {
      requireScope(ctx, "cards:write");
      const card = await findCard(tx, input.cardId);
      if (card === undefined) throw cardErrors.not_found();
      return change(deps, tx, card, { ...input, by: "operator" });
    });

type Change = ChangeCard & { readonly by: ChangedBy; readonly isHeld?: boolean };

async function change(deps: CardDeps, tx: Tx, found: FoundCard, wanted: Change): Promise<CardView> {
  const { by, state, limits } = wanted;
  // The chain before the card, as whoever talks to the issuer takes them; what is read from here on stays true.
  await lockChain(tx, found.partner_user_id);
  const locked = await lockCard(tx, found.id);
  invariant(locked !== undefined, "cards are never deleted");
  const card = { ...found, ...locked };
  if (limits !== undefined) {
    await (by === "operator" ? bound : narrow)(deps, tx, card, limits);
    await tell(deps, tx, card.id, "card.limits_changed");
  }
  if (isKeptBack(by, state, card.is_held)) throw cardErrors.held();
  const isHeld = heldAfter(card.is_held, by, wanted);
  if (isHeld !== card.is_held) await hold(deps, tx, card, isHeld);
  const to = stateUnder(isHeld, card, state);
  if (to !== undefined) await applyState(deps, tx, card.id, to);
  const after = await findCard(tx, card.id);
  invariant(after !== undefined, "cards are never deleted");
  return cardView(after);
}

/** A held card that pays is suspended; one that has not been activated waits, and cannot be. */
function stateUnder(isHeld: boolean, card: FoundCard, wanted: WantedState | undefined): WantedState | undefined {
  if (!isHeld) return wanted;
  if (wanted === "active") throw cardErrors.held();
  if (wanted === "terminated") return wanted;
  return card.state === "active" ? "suspended" : undefined;
}

async function hold(deps: CardDeps, tx: Tx, card: FoundCard, isHeld: boolean): Promise<void> {
  await writeCard(tx, card.id, { is_held: isHeld });
  await deps.audit.record(tx, isHeld ? "card.held" : "card.released", { targetType: "card", targetId: card.id });
  await tell(deps, tx, card.id, isHeld ? "card.held" : "card.released");
}

async function narrow(deps: CardDeps, tx: Tx, card: FoundCard, wanted: Partial<SpendingLimits>): Promise<void> {
  requireWithin(await limitsOfProduct(tx, card), wanted, cardErrors.limit_above_product);
  requireWithin(boundsOf(card), wanted, cardErrors.limit_above_operator);
  const before = limitsOf(card);
  const after = { ...before, ...wanted };
  await writeCard(tx, card.id, limitColumns(after));
  await deps.audit.record(tx, "card.limits_changed", { targetType: "card", targetId: card.id, before, after });
}

async function bound(deps: CardDeps, tx: Tx, card: FoundCard, wanted: Partial<SpendingLimits>): Promise<void> {
  requireWithin(await limitsOfProduct(tx, card), wanted, cardErrors.limit_above_product);
  const before = boundsOf(card);
  const after = { ...before, ...wanted };
  await writeCard(tx, card.id, boundColumns(after));
  await deps.audit.record(tx, "card.bounds_changed", { targetType: "card", targetId: card.id, before, after });
}

async function limitsOfProduct(tx: Tx, card: FoundCard): Promise<SpendingLimits> {
  const product = await findProduct(tx, card.product_id);
  invariant(product !== undefined, "cards are of products (foreign key)");
  return limitsOf(product);
}
