import { newId } from "../kernel/id.ts";
import { invariant } from "../kernel/invariant.ts";
import { type Ctx, requireScope } from "../platform/context.ts";
import type { Tx } from "../platform/database/index.ts";
import { requireActivePartner } from "./acting-partner.ts";
import type { CardDeps } from "./card-deps.ts";
import { cardErrors, partnerUserErrors, productErrors } from "./card-errors.ts";
import { cardEvent } from "./card-events.ts";
import type { Cardholder } from "./card-issuer.ts";
import { findCard, findCardsOfUser, findRestrictions, findUser, insertCard } from "./card-repository.ts";
import { LIMIT_NAMES, type SpendingLimits } from "./card-rules.ts";
import { type CardView, cardView } from "./card-view.ts";
import { openRequest } from "./open-request.ts";
import { findProduct, findProgram, limitsOf, type ProgramRow } from "./program-repository.ts";
import { findRequest, lockChain } from "./request-repository.ts";

export type IssueCard = {
  readonly userId: string;
  readonly productId: string;
  /** Who it is: with the first card of a user in a programme. It goes to the issuer, and is forgotten here when it has arrived. */
  readonly cardholder?: Cardholder;
  readonly limits: SpendingLimits;
};

/** Replacements included, more than one person carries. */
const CARDS_PER_USER_MAX = 20;

/** Asks the issuer for a card. It is made once, whatever is lost on the way; `card.issued` tells when, or `card.refused` why not. */
export const issueCard =
  (deps: CardDeps) =>
  (ctx: Ctx, input: IssueCard): Promise<CardView> =>
    deps.db.transaction(ctx, async (tx) => {
      requireScope(ctx, "own:cards:write");
      const partnerId = await requireActivePartner(deps, tx, ctx);
      await deps.partners.requireFeature(tx, partnerId, "cards");
      const user = await findUser(tx, { id: input.userId, partnerId });
      if (user === undefined) throw partnerUserErrors.not_found();
      if (user.status !== "active") throw partnerUserErrors.inactive({ status: user.status });
      const product = await findProduct(tx, input.productId);
      if (product === undefined || product.partner_id !== partnerId) throw productErrors.not_found();
      if (product.status !== "active" || product.program_status !== "active")
        throw productErrors.wrong_state({ status: product.status, programStatus: product.program_status });
      requireWithin(limitsOf(product), input.limits, cardErrors.limit_above_product);
      const program = await findProgram(tx, product.program_id);
      invariant(program !== undefined, "products are of programmes (foreign key)");

      await lockChain(tx, user.id);
      if ((await findCardsOfUser(tx, user.id)).length >= CARDS_PER_USER_MAX)
        throw cardErrors.too_many({ limit: CARDS_PER_USER_MAX });
      const { isHeld, bounds } = await findRestrictions(tx, { userId: user.id, currency: product.currency });
      if (isHeld) throw cardErrors.user_held();
      requireWithin(bounds, input.limits, cardErrors.limit_above_operator);
      await introduce(deps, tx, { program, partnerId, userId: user.id, holder: input.cardholder });
      const id = newId();
      await insertCard(tx, { id, partnerId, userId: user.id, productId: product.id, limits: input.limits, bounds });
      await openRequest(deps, tx, {
        program,
        token: id,
        chainId: user.id,
        targetId: id,
        order: { kind: "card", productToken: product.id, userToken: user.id },
      });
      await deps.audit.record(tx, "card.requested", {
        targetType: "card",
        targetId: id,
        after: { partnerId, userId: user.id, productId: product.id, limits: input.limits },
      });
      const card = await findCard(tx, id);
      invariant(card !== undefined, "the card was just written");
      await deps.outbox.publish(tx, [cardEvent("card.requested", card)]);
      return cardView(card);
    });

/** Tells the issuer of a programme who the user is, unless it knows. */
async function introduce(
  deps: CardDeps,
  tx: Tx,
  {
    program,
    partnerId,
    userId,
    holder,
  }: {
    readonly program: ProgramRow;
    readonly partnerId: string;
    readonly userId: string;
    readonly holder: Cardholder | undefined;
  },
): Promise<void> {
  const known = await findRequest(tx, { programId: program.id, id: userId });
  if (known !== undefined && known.status !== "refused") return;
  if (holder === undefined) throw cardErrors.cardholder_missing({ field: "cardholder" });
  await openRequest(deps, tx, {
    program,
    token: userId,
    chainId: userId,
    targetId: userId,
    order: { kind: "user", partnerId, holder },
  });
}

/** Limits may narrow those that hold already, never widen them; `refuse` says whose they are. */
export function requireWithin(
  wide: SpendingLimits,
  wanted: Partial<SpendingLimits>,
  refuse: (facts: { readonly field: string; readonly limit: bigint }) => Error,
): void {
  for (const name of LIMIT_NAMES) {
    const [limit, narrow = null] = [wide[name], wanted[name]];
    if (limit !== null && narrow !== null && narrow > limit) throw refuse({ field: `limits.${name}`, limit });
  }
}
