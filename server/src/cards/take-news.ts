import { isCurrency } from "../kernel/currency.ts";
import { isId, newId } from "../kernel/id.ts";
import { parseMajor } from "../kernel/money.ts";
import type { Ctx } from "../platform/context.ts";
import type { Tx } from "../platform/database/index.ts";
import type { InboxEvent } from "../sales/index.ts";
import { findHolds, insertRelease } from "./authorization-repository.ts";
import type { CardDeps } from "./card-deps.ts";
import { issuerErrors } from "./card-errors.ts";
import type { IssuerNews } from "./card-issuer.ts";
import { type FoundCard, findCard, lockCard } from "./card-repository.ts";
import { releasable } from "./card-rules.ts";
import type { KnownPrograms } from "./known-programs.ts";
import { insertLink } from "./link-repository.ts";
import { lockSpender } from "./lock-spender.ts";
import { isCaller } from "./program-secrets.ts";
import { recordLinked, recordSpend } from "./record-spend.ts";
import { takeCardNews } from "./send-request.ts";
import { insertSpends, isSpendKnown } from "./spend-repository.ts";

export type SignedMessage = {
  readonly programId: string;
  /** The bytes as they came: the signature is over them. */
  readonly body: Buffer;
  readonly authorization: string | undefined;
  readonly signature: string | undefined;
};

/** Written by `storeNews` alone. */
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
      for (const news of items) await storeNews(deps, tx, { programId, news });
    });
  };

/** Joins a transaction: stores an item once. A job acts on it. */
export async function storeNews({ inbox }: Pick<CardDeps, "inbox">, tx: Tx, payload: StoredNews): Promise<void> {
  const { programId, news } = payload;
  const externalId = `${programId} ${news.type} ${news.token}`;
  await inbox.storeInboxEvent(tx, { source: "card_issuer", externalId, type: news.type, payload });
}

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
      if (news.type === "link") return link(deps, tx, card, news);
      return spend(deps, tx, card, news);
    });
  };

type Release = Extract<IssuerNews, { type: "release" }>;
type Spend = Extract<IssuerNews, { type: "spend" }>;
type Link = Extract<IssuerNews, { type: "link" }>;

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

/** Notes which authorisation follows what, once, and lays what waited for it on what it is about. */
async function link(deps: CardDeps, tx: Tx, card: FoundCard, { token, precedingToken }: Link): Promise<void> {
  const programId = card.program_id;
  const spender = await lockSpender(deps, tx, card);
  if (await insertLink(tx, { programId, token, precedingToken }))
    await recordLinked(deps, tx, spender, { programId, token });
}

/** Takes what was cleared, once. What has no amount that can be read lies open for the operator. */
async function spend(deps: CardDeps, tx: Tx, card: FoundCard, news: Spend): Promise<void> {
  const { program_id: programId } = card;
  const spender = await lockSpender(deps, tx, card);
  if (await isSpendKnown(tx, { programId, token: news.token })) return;
  const amount = readAmount(news);
  const told = {
    program_id: programId,
    token: news.token,
    card_id: card.id,
    partner_id: card.partner_id,
    kind: news.kind,
    amount: amount ?? 0n,
    currency: news.currency,
    preceding_token: news.precedingToken,
    merchant: news.merchant,
    mcc: news.mcc,
    occurred_at: new Date(news.at),
  };
  if (amount !== undefined) return recordSpend(deps, tx, spender, told);
  const open = { transaction_id: null, refusal: "card.amount_unreadable", part_of: null, reverses_id: null };
  await insertSpends(tx, [{ ...told, ...open, id: newId() }]);
}

/** The most that the wire carries as a number: no one could be shown more. */
const AMOUNT_MAX = BigInt(Number.MAX_SAFE_INTEGER);

/** Minor units; undefined for what is no amount, or none that could be shown. */
function readAmount({ amount, currency }: Pick<Spend, "amount" | "currency">): bigint | undefined {
  if (!isCurrency(currency)) return undefined;
  try {
    const minor = parseMajor(amount, currency);
    return minor > AMOUNT_MAX || minor < -AMOUNT_MAX ? undefined : minor;
  } catch {
    return undefined;
  }
}
