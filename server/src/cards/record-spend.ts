import { newId } from "../kernel/id.ts";
import { invariant } from "../kernel/invariant.ts";
import { roundHalfAwayFromZero } from "../kernel/money.ts";
import { PPM } from "../kernel/rate.ts";
import type { Tx } from "../platform/database/index.ts";
import type { RecordingOutcome, ReportedTransaction } from "../sales/index.ts";
import type { CardDeps } from "./card-deps.ts";
import { allot } from "./card-rules.ts";
import { findFamily } from "./link-repository.ts";
import type { Spender } from "./lock-spender.ts";
import { findReversibles, findWaiting, insertSpends, type NewSpend, PURCHASE_AWAITED } from "./spend-repository.ts";

/** What was cleared, as it was told: everything of its row but what becomes of it. */
type Told = Omit<NewSpend, "id" | "transaction_id" | "refusal" | "part_of" | "reverses_id">;

/** What is to be a transaction: a purchase, or what takes back all or a part of one. */
type Item = {
  readonly row: Told & Pick<NewSpend, "id" | "part_of">;
  /** Null of a purchase, and of what names none. */
  readonly reverses: { readonly token: string; readonly transactionId: string | Item } | null;
};

/** What of those that wait is laid on something by this go already, by their ids. */
type Laid = Map<string, { readonly amount: bigint; readonly parts: number }>;

/**
 * Records what was cleared as card events and their reversals, at one go, with the note that it was. A reversal names a purchase, or the
 * authorisation that came before one or several: it falls on these, the first first, as far as there is something left of each; the rest of it
 * waits for what is cleared later. The caller holds the spender, so that two do not count on the same rest, whichever of its cards they are told of.
 */
export async function recordSpend(deps: CardDeps, tx: Tx, spender: Spender, told: Told): Promise<void> {
  const row = { ...told, id: newId(), part_of: null };
  const laid: Laid = new Map();
  if (told.kind === "card") {
    const purchase: Item = { row, reverses: null };
    return record(deps, tx, spender, [purchase, ...(await whatWaitedFor(tx, purchase, laid))]);
  }
  // What names nothing, or takes nothing or less, is refused by the rules of transactions, and lies open.
  if (told.preceding_token === null || told.amount <= 0n) return record(deps, tx, spender, [{ row, reverses: null }]);
  const targets = await findReversibles(tx, {
    programId: told.program_id,
    tokens: await findFamily(tx, { programId: told.program_id, tokens: [told.preceding_token] }),
    kind: told.kind === "chargeback_won" ? "chargeback" : "card",
    currency: told.currency,
  });
  const parts = allot(told.amount, targets);
  const [whole] = targets.filter((_, index) => parts[index] === told.amount);
  if (whole !== undefined) {
    const item: Item = { row, reverses: whole };
    return record(deps, tx, spender, [item, ...(await whatWaitedFor(tx, item, laid))]);
  }
  await insertSpends(tx, [{ ...row, transaction_id: null, refusal: PURCHASE_AWAITED, reverses_id: null }]);
  const items: Item[] = [];
  for (const [index, target] of targets.entries()) {
    const amount = parts[index] ?? 0n;
    if (amount === 0n) continue;
    const item: Item = { row: partOf(row, { number: items.length + 1, amount }), reverses: target };
    items.push(item, ...(await whatWaitedFor(tx, item, laid)));
  }
  await record(deps, tx, spender, items);
}

/**
 * It has become known which transactions are about one another, by a name of one of them: what waited for a purchase or a chargeback under another name
 * is laid on it. The caller holds the spender.
 */
export async function recordLinked(
  deps: CardDeps,
  tx: Tx,
  spender: Spender,
  { programId, token }: { readonly programId: string; readonly token: string },
): Promise<void> {
  const tokens = await findFamily(tx, { programId, tokens: [token] });
  const laid: Laid = new Map();
  const items: Item[] = [];
  for (const kind of ["card", "chargeback"] as const)
    for (const target of await findReversibles(tx, { programId, tokens, kind, currency: null }))
      items.push(...(await layOn(tx, { ...target, programId, kind, tokens }, laid)));
  await record(deps, tx, spender, items);
}

/** What was told before the purchase, or the chargeback, that it takes or gives back, as far as that goes; and what waited for these in turn. */
async function whatWaitedFor(tx: Tx, of: Item, laid: Laid): Promise<Item[]> {
  const { program_id: programId, token, preceding_token: preceding, kind, currency, amount: room } = of.row;
  if (kind !== "card" && kind !== "chargeback") return [];
  const names = [toldToken(token), ...(preceding === null ? [] : [preceding])];
  const tokens = await findFamily(tx, { programId, tokens: names });
  return layOn(tx, { transactionId: of, programId, token, kind, currency, tokens, room }, laid);
}

/** What others that wait may be laid on: a purchase or a chargeback, what it may be called, and what is left of it. */
type Target = {
  readonly transactionId: string | Item;
  readonly programId: string;
  readonly token: string;
  readonly kind: "card" | "chargeback";
  readonly currency: string;
  readonly tokens: readonly string[];
  readonly room: bigint;
};

async function layOn(tx: Tx, { transactionId, token, kind, ...of }: Target, laid: Laid): Promise<Item[]> {
  const kinds = kind === "card" ? (["refund", "chargeback"] as const) : (["chargeback_won"] as const);
  const items: Item[] = [];
  let { room } = of;
  for (const { left: kept, parts, ...waiting } of await findWaiting(tx, { ...of, kinds })) {
    const before = laid.get(waiting.id) ?? { amount: 0n, parts: 0 };
    const left = kept - before.amount;
    const amount = left < room ? left : room;
    // Of a purchase below nothing, which is refused, too.
    if (amount <= 0n) continue;
    room -= amount;
    laid.set(waiting.id, { amount: before.amount + amount, parts: before.parts + 1 });
    const item: Item = {
      row: partOf(waiting, { number: parts + before.parts + 1, amount }),
      reverses: { token, transactionId },
    };
    items.push(item, ...(await whatWaitedFor(tx, item, laid)));
  }
  return items;
}

/** Of no token that an issuer gives (`marqeta-wire.ts`): a part is called by what was told and its number. */
const PART_MARK = ".";
const partOf = (
  told: Told & Pick<NewSpend, "id">,
  { number, amount }: { readonly number: number; readonly amount: bigint },
): Item["row"] => ({
  program_id: told.program_id,
  card_id: told.card_id,
  partner_id: told.partner_id,
  kind: told.kind,
  currency: told.currency,
  preceding_token: told.preceding_token,
  merchant: told.merchant,
  mcc: told.mcc,
  occurred_at: told.occurred_at,
  token: `${told.token}${PART_MARK}${number}`,
  amount,
  id: newId(),
  part_of: told.id,
});
const toldToken = (token: string): string => token.split(PART_MARK, 1)[0] ?? token;

async function record(deps: CardDeps, tx: Tx, spender: Spender, laid: readonly Item[]): Promise<void> {
  const items = await withoutRefused(deps, tx, spender, laid);
  if (items.length === 0) return;
  const outcomes = await deps.sales.recordInside(
    tx,
    items.map((item) => eventOf(item, spender)),
  );
  const ids = new Map(items.map((item, index) => [item, transactionOf(outcomes[index])]));
  await insertSpends(
    tx,
    items.map((item, index) => {
      const outcome = outcomes[index];
      const target = item.reverses?.transactionId;
      const reverses = typeof target === "object" ? ids.get(target) : target;
      return {
        ...item.row,
        transaction_id: ids.get(item) ?? null,
        refusal: outcome?.status === "rejected" ? outcome.error.code : null,
        reverses_id: reverses ?? null,
      };
    }),
  );
  await deps.orderLater(
    tx,
    outcomes.flatMap((outcome) => (outcome.status === "recorded" ? [outcome.id] : [])),
  );
}

/**
 * Leaves out what is laid on something that the rules of transactions refuse: it goes on waiting, and lying open. Recorded, it would wait for ever among
 * transactions, where nobody looks for it.
 */
async function withoutRefused(
  deps: CardDeps,
  tx: Tx,
  spender: Spender,
  items: readonly Item[],
): Promise<readonly Item[]> {
  if (!items.some(({ reverses }) => typeof reverses?.transactionId === "object")) return items;
  const foreseen = await deps.sales.foreseeInside(
    tx,
    items.map((item) => eventOf(item, spender)),
  );
  const refused = new Set(items.filter((_, index) => foreseen[index]?.status === "rejected"));
  // Whatever is laid on something comes after it.
  return items.filter((item) => {
    const target = item.reverses?.transactionId;
    const isLost = typeof target === "object" && refused.has(target);
    if (isLost) refused.add(item);
    return !isLost;
  });
}

function transactionOf(outcome: RecordingOutcome | undefined): string | null {
  invariant(outcome !== undefined, "every event has an outcome");
  return outcome.status === "rejected" ? null : outcome.id;
}

const eventOf = ({ row, reverses }: Item, { customer, revenuePpm }: Spender): ReportedTransaction => ({
  externalId: nameOf(row.program_id, row.token),
  customerExternalId: customer,
  kind: row.kind,
  amount: row.amount,
  currency: row.currency,
  occurredAt: row.occurred_at,
  originalExternalId: reverses === null ? null : nameOf(row.program_id, reverses.token),
  tax: 0n,
  revenue: row.kind === "card" ? roundHalfAwayFromZero(row.amount * revenuePpm, PPM) : 0n,
  createCustomer: false,
});

/** What a transaction of the issuer is called among all transactions. */
const nameOf = (programId: string, token: string): string => `card:${programId}:${token}`;
