import { HOUR_MS } from "../kernel/clock.ts";
import { invariant } from "../kernel/invariant.ts";
import type { Ctx } from "../platform/context.ts";
import type { Tx } from "../platform/database/index.ts";
import { applyState, tell } from "./apply-state.ts";
import type { CardDeps } from "./card-deps.ts";
import { productEvent, productMade, programEvent } from "./card-events.ts";
import type { IssuedCard, IssuerOutcome } from "./card-issuer.ts";
import { changeCard, findCard, lockCard } from "./card-repository.ts";
import { stateAfterNews } from "./card-rules.ts";
import { bodyOf, enqueueSendings, issuerOf } from "./open-request.ts";
import { findProduct, findProgram, moveProduct, moveProgram } from "./program-repository.ts";
import {
  countSending,
  findNextOpen,
  findRequest,
  findStuck,
  isChanging,
  lockChain,
  noteUnsettled,
  type RequestKey,
  type RequestRow,
  settleRequest,
} from "./request-repository.ts";

/** Thrown so that the job is tried again: the issuer has not said what became of a request. */
export class RequestUnsettled extends Error {
  override name = "RequestUnsettled";
}

/**
 * Sends a written-down request. Safe to run at any time, any number of times, from any number of workers: the same bytes go out under the
 * same token, of which the issuer makes one thing, and the first to learn the outcome writes it down.
 */
export const sendRequest =
  (deps: CardDeps) =>
  async (ctx: Ctx, key: RequestKey): Promise<void> => {
    const taken = await deps.db.transaction(ctx, (tx) => take(deps, tx, key));
    if (taken === undefined) return;
    const { issuer, request, body } = taken;
    const outcome = await issuer.send({ kind: request.kind, token: request.id, body });
    if (outcome.kind === "unknown") {
      await deps.db.transaction(ctx, (tx) => noteUnsettled(tx, key, outcome.code));
      throw new RequestUnsettled(`the issuer has not settled a ${request.kind} request: ${outcome.code}`);
    }
    await deps.db.transaction(ctx, (tx) => settle(deps, tx, request, outcome));
  };

/** Joins a transaction: counts the sending before it is made. What is not the first of its chain waits for those before it. */
async function take(deps: CardDeps, tx: Tx, key: RequestKey) {
  const request = await findRequest(tx, key);
  if (request === undefined || request.status !== "open") return undefined;
  await lockChain(tx, request.chain_id);
  const next = await findNextOpen(tx, request.chain_id);
  if (next?.id !== request.id || next.program_id !== request.program_id) return undefined;
  const program = await findProgram(tx, request.program_id);
  invariant(program !== undefined, "requests are of programmes (foreign key)");
  await countSending(tx, key);
  return { issuer: issuerOf(deps, program), request: next, body: bodyOf(deps, next) };
}

type Settled = Exclude<IssuerOutcome, { kind: "unknown" }>;

async function settle(deps: CardDeps, tx: Tx, { program_id, id, chain_id }: RequestRow, outcome: Settled) {
  await lockChain(tx, chain_id);
  const settlement =
    outcome.kind === "confirmed"
      ? ({ status: "confirmed", code: null } as const)
      : ({ status: "refused", code: outcome.code } as const);
  const request = await settleRequest(tx, { programId: program_id, id }, settlement);
  if (request === undefined) return;
  await takeEffect(deps, tx, request, outcome);
  const next = await findNextOpen(tx, chain_id);
  if (next !== undefined) await enqueueSendings(tx, [{ programId: next.program_id, id: next.id }]);
}

async function takeEffect(deps: CardDeps, tx: Tx, { kind, target_id }: RequestRow, outcome: Settled): Promise<void> {
  const isMade = outcome.kind === "confirmed";
  switch (kind) {
    case "gateway":
      return isMade ? undefined : settleProgram(deps, tx, target_id, "refused");
    case "webhook":
      // The gateway went before it: what refused that is not connecting any more.
      return settleProgram(deps, tx, target_id, isMade ? "active" : "refused");
    case "product":
      return settleProduct(deps, tx, target_id, isMade);
    case "card":
      return settleCard(deps, tx, target_id, outcome);
    case "card_transition":
      return settleTransition(deps, tx, target_id, outcome);
    case "user":
    case "user_transition":
    // What a user may do is decided here; what the issuer refuses of it shows with the cards.
  }
}

async function settleProgram(deps: CardDeps, tx: Tx, programId: string, to: "active" | "refused"): Promise<void> {
  const program = await moveProgram(tx, programId, { from: ["connecting"], to });
  if (program !== undefined) await deps.outbox.publish(tx, [programEvent("card_program.status_changed", program)]);
}

/** A product owes its fee once it is there, and never for having been asked for. */
async function settleProduct(deps: CardDeps, tx: Tx, productId: string, isMade: boolean): Promise<void> {
  const isFirst = await moveProduct(tx, productId, { from: ["requested"], to: isMade ? "active" : "refused" });
  if (!isFirst) return;
  const product = await findProduct(tx, productId);
  invariant(product !== undefined, "products are never deleted");
  await deps.outbox.publish(tx, [productEvent("card_product.status_changed", product)]);
  if (!isMade) return;
  // As invoices show it; its id makes it one.
  const reference = `${product.name}, ${productId}`;
  await deps.fees.chargeCardProduct(tx, { partnerId: product.partner_id, reference });
  await deps.outbox.tell(tx, [productMade(productId, reference)]);
}

async function settleCard(deps: CardDeps, tx: Tx, cardId: string, outcome: Settled): Promise<void> {
  if (outcome.kind === "refused") {
    await changeCard(tx, cardId, { state: "refused", refusal: outcome.code });
  } else {
    const { card } = outcome;
    await changeCard(tx, cardId, card === null ? { state: "unactivated" } : { state: card.state, ...told(card) });
    await keepHeld(deps, tx, cardId);
  }
  await tell(deps, tx, cardId, outcome.kind === "refused" ? "card.refused" : "card.issued");
}

const told = ({ lastFour, expiresOn, at }: IssuedCard) => ({
  ...(lastFour === null ? {} : { last_four: lastFour }),
  ...(expiresOn === null ? {} : { expires_on: expiresOn }),
  ...(at === null ? {} : { told_at: new Date(at) }),
});

/** What the operator holds does not pay, whatever the issuer says of it: it is asked to suspend the card again. */
async function keepHeld(deps: CardDeps, tx: Tx, cardId: string): Promise<void> {
  const card = await lockCard(tx, cardId);
  if (card?.is_held && card.state === "active") await applyState(deps, tx, cardId, "suspended");
}

/** What we wanted stands already; what was refused leaves the card unable to pay, whatever the issuer thinks of it. */
async function settleTransition(deps: CardDeps, tx: Tx, cardId: string, outcome: Settled): Promise<void> {
  if (outcome.kind === "confirmed")
    return outcome.card === null ? undefined : takeCardNews(deps, tx, cardId, outcome.card);
  const card = await lockCard(tx, cardId);
  if (card?.state !== "active") return;
  await changeCard(tx, cardId, { state: "suspended" });
  await tell(deps, tx, cardId, "card.state_changed");
}

/** Joins a transaction: what the issuer said of a card, in an answer or later. */
export async function takeCardNews(deps: CardDeps, tx: Tx, cardId: string, news: IssuedCard): Promise<void> {
  const found = await findCard(tx, cardId);
  // The chain before the card: a held card that is told to be active is suspended again by a request.
  if (found !== undefined) await lockChain(tx, found.partner_user_id);
  const card = await lockCard(tx, cardId);
  // Until its own request is settled, what is told of a card may be told again: nothing is lost by waiting for the answer.
  if (card === undefined || card.state === "requested") return;
  const facts = { state: card.state, toldAt: card.told_at, isChanging: await isChanging(tx, cardId) };
  const state = stateAfterNews(facts, news);
  if (state === null) return;
  await changeCard(tx, cardId, { state, ...told(news) });
  if (state !== card.state)
    await tell(deps, tx, cardId, state === "terminated" ? "card.terminated" : "card.state_changed");
  await keepHeld(deps, tx, cardId);
}

/** Has requests sent whose jobs are gone, or gave up. */
export const wakeRequests =
  (deps: CardDeps) =>
  (ctx: Ctx): Promise<void> =>
    deps.db.transaction(ctx, async (tx) =>
      enqueueSendings(tx, await findStuck(tx, new Date(tx.ctx.now.getTime() - HOUR_MS))),
    );
