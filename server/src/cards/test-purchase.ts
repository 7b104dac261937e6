import { isCurrency } from "../kernel/currency.ts";
import { newId } from "../kernel/id.ts";
import { invariant } from "../kernel/invariant.ts";
import { formatMajor } from "../kernel/money.ts";
import { type Ctx, requireScope } from "../platform/context.ts";
import type { Tx } from "../platform/database/index.ts";
import { transactionErrors } from "../sales/index.ts";
import { requireTestMode } from "../tenants/index.ts";
import { requireActivePartner } from "./acting-partner.ts";
import { findAuthorization } from "./authorization-repository.ts";
import { decidePurchase } from "./authorize-purchase.ts";
import type { CardDeps } from "./card-deps.ts";
import { cardErrors } from "./card-errors.ts";
import type { IssuerNews } from "./card-issuer.ts";
import { type FoundCard, findCard } from "./card-repository.ts";
import type { TestNewsKind } from "./card-rules.ts";
import { type AuthorizationView, authorizationView } from "./card-view.ts";
import { line } from "./marqeta-wire.ts";
import { storeNews } from "./take-news.ts";

export type TestPurchase = {
  readonly cardId: string;
  /** Minor units. */
  readonly amount: bigint;
  /** The card's where it is left out; another is declined, as a live one is. */
  readonly currency?: string;
  readonly merchant?: string;
  readonly mcc?: string;
  /** Whether it is cleared as well. */
  readonly isCleared: boolean;
};

export type TestNews = {
  readonly cardId: string;
  readonly authorizationId: string;
  readonly kind: TestNewsKind;
  /** Minor units; all that was authorised where it is left out. */
  readonly amount?: bigint;
};

/**
 * Makes up a purchase with a card of a twin: it is decided as the issuer's question would be, and where that is a yes it is cleared as the issuer
 * would tell it. Throws `tenant.live` elsewhere.
 */
export const makeTestPurchase =
  (deps: CardDeps) =>
  (ctx: Ctx, { cardId, amount, isCleared, ...of }: TestPurchase): Promise<AuthorizationView> =>
    deps.db.transaction(ctx, async (tx) => {
      const card = await requireTestCard(deps, tx, cardId);
      const { program_id: programId, currency: own } = card;
      const { currency = own } = of;
      if (!isCurrency(currency)) throw transactionErrors.currency_unknown({ field: "currency" });
      const token = newId();
      await decidePurchase(tx, {
        programId,
        ask: {
          token,
          transactionToken: token,
          method: "pgfs.authorization",
          wants: "funds",
          cardToken: card.id,
          userToken: card.partner_user_id,
          amount: formatMajor(amount, currency),
          currency,
          merchant: line(of.merchant),
          mcc: line(of.mcc),
        },
        isLate: () => false,
      });
      const made = await findAuthorization(tx, { programId, token });
      invariant(made !== undefined, "what was decided is written");
      if (made.decision === "approved" && isCleared) await tell(deps, tx, card, { of: made, kind: "clearing", amount });
      return authorizationView(made);
    });

/** Makes up what comes of a purchase that was approved. It goes the way of the issuer's own news: a job acts on it. Throws `card.purchase_missing`. */
export const makeTestNews =
  (deps: CardDeps) =>
  (ctx: Ctx, { cardId, authorizationId, kind, amount }: TestNews) =>
    deps.db.transaction(ctx, async (tx) => {
      const card = await requireTestCard(deps, tx, cardId);
      const { program_id: programId } = card;
      const of = await findAuthorization(tx, { programId, id: authorizationId });
      if (of === undefined || of.card_id !== card.id || of.decision !== "approved") throw cardErrors.purchase_missing();
      const told = { kind, amount: amount ?? of.amount };
      await tell(deps, tx, card, { of, ...told });
      return { authorizationId: of.id, ...told, currency: of.currency, occurredAt: ctx.now };
    });

/** A card of the acting partner's in a twin, where all are the test issuer's: the database knows no others there. */
async function requireTestCard(deps: CardDeps, tx: Tx, cardId: string): Promise<FoundCard> {
  requireScope(tx.ctx, "own:cards:write");
  const partnerId = await requireActivePartner(deps, tx, tx.ctx);
  const card = await findCard(tx, cardId);
  if (card === undefined || card.partner_id !== partnerId) throw cardErrors.not_found();
  await requireTestMode(tx);
  return card;
}

type Telling = {
  readonly of: NonNullable<Awaited<ReturnType<typeof findAuthorization>>>;
  readonly kind: TestNewsKind;
  readonly amount: bigint;
};

async function tell(deps: CardDeps, tx: Tx, card: FoundCard, { of, kind, amount: minor }: Telling): Promise<void> {
  const { currency, merchant, mcc, transaction_token: transactionToken } = of;
  const common = { token: newId(), cardToken: card.id, amount: formatMajor(minor, currency), currency };
  const news: IssuerNews =
    kind === "release"
      ? { type: "release", transactionToken, ...common }
      : {
          type: "spend",
          kind: kind === "clearing" ? "card" : kind,
          precedingToken: transactionToken,
          merchant,
          mcc,
          at: tx.ctx.now.toISOString(),
          ...common,
        };
  await storeNews(deps, tx, { programId: card.program_id, news });
}
