import { isCurrency } from "../kernel/currency.ts";
import { isId } from "../kernel/id.ts";
import { invariant } from "../kernel/invariant.ts";
import { parseMajor, roundHalfAwayFromZero } from "../kernel/money.ts";
import { PPM } from "../kernel/rate.ts";
import type { Ctx } from "../platform/context.ts";
import type { Tx } from "../platform/database/index.ts";
import type { InboxEvent, ReportedTransaction } from "../sales/index.ts";
import { findHolds, insertRelease } from "./authorization-repository.ts";
import type { CardDeps } from "./card-deps.ts";
import { issuerErrors } from "./card-errors.ts";
import type { IssuerNews } from "./card-issuer.ts";
import { type FoundCard, findCard, findUser, lockCard } from "./card-repository.ts";
import { releasable } from "./card-rules.ts";
import type { KnownPrograms } from "./known-programs.ts";
import { findProduct } from "./program-repository.ts";
import { isCaller } from "./program-secrets.ts";
import { takeCardNews } from "./send-request.ts";
import { findPurchaseToken, insertSpend, isSpendKnown } from "./spend-repository.ts";

export type SignedMessage = {
  readonly programId: string;
  /** The bytes as they came: the signature is over them. */
  readonly body: Buffer;
  readonly authorization: string | undefined;
  readonly signature: string | undefined;
};

/** Written by `storeMessage` alone. */
type StoredNews = { readonly programId: string; readonly news: IssuerNews };

/** Verifies a message of the issuer and stores what it says that concerns us, each item once however often it is delivered. A job acts on it. */
export const storeMessage =
  (deps: CardDeps, programs: KnownPrograms) =>
  async (ctx: Ctx, { programId, body, authorization, signature }: SignedMessage): Promise<void> => {
    const program = isId(programId) ? await programs.find(ctx, programId) : undefined;
    if (program === undefined || !isCaller(program.secrets.caller, authorization)) throw issuerErrors.caller_unknown();
    if (!deps.wire.isSigned(body, signature, program.secrets.caller.signingSecret))
      throw issuerErrors.signature_invalid();
    const items = deps.wire.readNews(contentOf(body));
    if (items === undefined) throw issuerErrors.message_invalid();
    await deps.db.transaction(ctx, async (tx) => {
      for (const news of items) {
        const payload: StoredNews = { programId, news };
        const externalId = `${programId} ${news.type} ${news.token}`;
        await deps.inbox.storeInboxEvent(tx, { source: "card_issuer", externalId, type: news.type, payload });
      }
    });
  };

function contentOf(body: Buffer): unknown {
  try {
    return JSON.parse(body.toString("utf8")) as unknown;
  } catch (error) {
    throw issuerErrors.message_invalid({}, error);
  }
}

/** Acts on a stored item. Of a card that is not ours nothing is to be done: a programme may be used by others too. */
export const takeNews =
  (deps: CardDeps) =>
  async (ctx: Ctx, { payload }: InboxEvent): Promise<void> => {
    const { programId, news } = payload as StoredNews;
    await deps.db.transaction(ctx, async (tx) => {
      const card = isId(news.cardToken) ? await findCard(tx, news.cardToken) : undefined;
      if (card === undefined || card.program_id !== programId) return;
      if (news.type === "card_state") return takeCardNews(deps, tx, card.id, news.card);
      if (news.type === "release") return release(tx, programId, news);
      return spend(deps, tx, card, news);
    });
  };

type Release = Extract<IssuerNews, { type: "release" }>;
type Spend = Extract<IssuerNews, { type: "spend" }>;

/** Gives back what is held of an authorisation, as far as it is still held. */
async function release(tx: Tx, programId: string, news: Release): Promise<void> {
  await lockCard(tx, news.cardToken);
  const rows = await findHolds(tx, { programId, transactionToken: news.transactionToken });
  const [hold] = rows.filter((row) => row.decision === "approved");
  if (hold === undefined || rows.some((row) => row.token === news.token)) return;
  const released = -rows.reduce((sum, row) => (row.decision === "released" ? sum + row.counts : sum), 0n);
  const amount = releasable({ approved: hold.amount, released }, readAmount(news) ?? 0n);
  if (amount > 0n) await insertRelease(tx, hold, { token: news.token, amount });
}

/** Records what was cleared as a card event or its reversal, in one transaction with the note that it was. */
async function spend(deps: CardDeps, tx: Tx, card: FoundCard, news: Spend): Promise<void> {
  const { program_id: programId } = card;
  const row = {
    program_id: programId,
    token: news.token,
    card_id: card.id,
    partner_id: card.partner_id,
    kind: news.kind,
    currency: news.currency,
    preceding_token: news.precedingToken,
    merchant: news.merchant,
    mcc: news.mcc,
    occurred_at: new Date(news.at),
  };
  if (await isSpendKnown(tx, { programId, token: news.token })) return;
  const amount = readAmount(news);
  if (amount === undefined)
    return insertSpend(tx, { ...row, amount: 0n, transaction_id: null, refusal: "card.amount_unreadable" });
  const event = await eventOf(deps, tx, card, { ...news, minor: amount });
  const [outcome] = await deps.sales.recordInside(tx, [event]);
  invariant(outcome !== undefined, "every event has an outcome");
  const isRefused = outcome.status === "rejected";
  const transaction_id = isRefused ? null : outcome.id;
  await insertSpend(tx, { ...row, amount, transaction_id, refusal: isRefused ? outcome.error.code : null });
  if (outcome.status === "recorded") await deps.orderLater(tx, [outcome.id]);
}

async function eventOf(
  { customers }: CardDeps,
  tx: Tx,
  card: FoundCard,
  { minor, ...news }: Spend & { readonly minor: bigint },
): Promise<ReportedTransaction> {
  const user = await findUser(tx, { id: card.partner_user_id, partnerId: card.partner_id });
  const product = await findProduct(tx, card.product_id);
  invariant(user !== undefined && product !== undefined, "cards are of users and products (foreign keys)");
  const customer = (await customers.findCustomerExternalIds(tx, [user.user_id])).get(user.user_id);
  invariant(customer !== undefined, "customers that partners make have external ids");
  const isPurchase = news.kind === "card";
  return {
    externalId: nameOf(card.program_id, news.token),
    customerExternalId: customer,
    kind: news.kind,
    amount: minor,
    currency: news.currency,
    occurredAt: new Date(news.at),
    originalExternalId: isPurchase ? null : await originalOf(tx, card.program_id, news.precedingToken),
    tax: 0n,
    revenue: isPurchase ? roundHalfAwayFromZero(minor * product.revenue_ppm, PPM) : 0n,
    createCustomer: false,
  };
}

/** The purchase that an item reverses; what is not here yet is waited for under the name that it will have. */
async function originalOf(tx: Tx, programId: string, precedingToken: string | null): Promise<string | null> {
  if (precedingToken === null) return null;
  return nameOf(programId, (await findPurchaseToken(tx, { programId, token: precedingToken })) ?? precedingToken);
}

/** What a transaction of the issuer is called among all transactions. */
const nameOf = (programId: string, token: string): string => `card:${programId}:${token}`;

/** Minor units; undefined for what is no amount. */
function readAmount({ amount, currency }: Pick<Spend, "amount" | "currency">): bigint | undefined {
  if (!isCurrency(currency)) return undefined;
  try {
    return parseMajor(amount, currency);
  } catch {
    return undefined;
  }
}
