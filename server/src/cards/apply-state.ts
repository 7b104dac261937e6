import { newId } from "../kernel/id.ts";
import { invariant } from "../kernel/invariant.ts";
import type { Tx } from "../platform/database/index.ts";
import type { CardDeps } from "./card-deps.ts";
import { cardErrors } from "./card-errors.ts";
import { cardEvent } from "./card-events.ts";
import { findCard, lockCard, changeCard as writeCard } from "./card-repository.ts";
import { canBecome, type WantedState } from "./card-rules.ts";
import { openRequest } from "./open-request.ts";
import { findProgram } from "./program-repository.ts";
import { lockChain } from "./request-repository.ts";

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

/** Joins a transaction: tells what has happened to a card. */
export async function tell(deps: CardDeps, tx: Tx, cardId: string, type: Parameters<typeof cardEvent>[0]) {
  const card = await findCard(tx, cardId);
  invariant(card !== undefined, "cards are never deleted");
  await deps.outbox.publish(tx, [cardEvent(type, card)]);
}
