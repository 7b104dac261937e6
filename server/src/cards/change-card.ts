import { newId } from "../kernel/id.ts";
import { invariant } from "../kernel/invariant.ts";
import { type Ctx, requireScope } from "../platform/context.ts";
import type { Tx } from "../platform/database/index.ts";
import { requireActivePartner } from "./acting-partner.ts";
import type { CardDeps } from "./card-deps.ts";
import { cardErrors } from "./card-errors.ts";
import { type FoundCard, findCard, lockCard, changeCard as writeCard } from "./card-repository.ts";
import { canBecome, type SpendingLimits, type WantedState } from "./card-rules.ts";
import { type CardView, cardView } from "./card-view.ts";
import { requireWithin } from "./issue-card.ts";
import { openRequest } from "./open-request.ts";
import { findProduct, findProgram, limitColumns, limitsOf } from "./program-repository.ts";
import { lockChain } from "./request-repository.ts";
import { tell } from "./send-request.ts";

export type ChangeCard = {
  readonly cardId: string;
  readonly state?: WantedState;
  /** Those that are named; null takes the product's. */
  readonly limits?: Partial<SpendingLimits>;
};

/** Activates, suspends or ends a card of the partner's, or narrows its limits. */
export const changeOwnCard =
  (deps: CardDeps) =>
  (ctx: Ctx, input: ChangeCard): Promise<CardView> =>
    deps.db.transaction(ctx, async (tx) => {
      requireScope(ctx, "own:cards:write");
      const partnerId = await requireActivePartner(deps, tx, ctx);
      const card = await findCard(tx, input.cardId);
      if (card === undefined || card.partner_id !== partnerId) throw cardErrors.not_found();
      return change(deps, tx, card, input);
    });

/** The operator suspends or ends any partner's card, or lets it pay again. */
export const changeAnyCard =
  (deps: CardDeps) =>
  (ctx: Ctx, input: ChangeCard): Promise<CardView> =>
    deps.db.transaction(ctx, async (tx) => {
      requireScope(ctx, "cards:write");
      const card = await findCard(tx, input.cardId);
      if (card === undefined) throw cardErrors.not_found();
      return change(deps, tx, card, input);
    });

async function change(deps: CardDeps, tx: Tx, card: FoundCard, { state, limits }: ChangeCard): Promise<CardView> {
  if (limits !== undefined) await narrow(deps, tx, card, limits);
  if (state !== undefined) await applyState(deps, tx, card.id, state);
  const after = await findCard(tx, card.id);
  invariant(after !== undefined, "cards are never deleted");
  return cardView(after);
}

async function narrow(deps: CardDeps, tx: Tx, card: FoundCard, wanted: Partial<SpendingLimits>): Promise<void> {
  const product = await findProduct(tx, card.product_id);
  invariant(product !== undefined, "cards are of products (foreign key)");
  await lockCard(tx, card.id);
  const before = limitsOf(card);
  const after = { ...before, ...wanted };
  requireWithin(limitsOf(product), after);
  await writeCard(tx, card.id, limitColumns(after));
  await deps.audit.record(tx, "card.limits_changed", { targetType: "card", targetId: card.id, before, after });
}

/** Joins a transaction: what is wanted counts here at once, and the issuer is asked for it. The same again is no change. */
export async function applyState(deps: CardDeps, tx: Tx, cardId: string, to: WantedState): Promise<void> {
  const found = await findCard(tx, cardId);
  invariant(found !== undefined, "callers have found the card");
  await lockChain(tx, found.partner_user_id);
  const card = await lockCard(tx, cardId);
  invariant(card !== undefined, "cards are never deleted");
  if (card.state === to) return;
  if (!canBecome(card.state, to)) throw cardErrors.wrong_state({ state: card.state });
  const program = await findProgram(tx, found.program_id);
  invariant(program !== undefined, "products are of programmes (foreign key)");
  await writeCard(tx, cardId, { state: to });
  await openRequest(deps, tx, {
    program,
    token: newId(),
    chainId: card.partner_user_id,
    targetId: cardId,
    order: { kind: "card_transition", cardToken: cardId, to },
  });
  await deps.audit.record(tx, "card.state_changed", {
    targetType: "card",
    targetId: cardId,
    before: { state: card.state },
    after: { state: to },
  });
  await tell(deps, tx, cardId, to === "terminated" ? "card.terminated" : "card.state_changed");
}
