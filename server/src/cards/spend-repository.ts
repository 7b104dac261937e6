import { type Selectable, sql } from "kysely";
import type { DB, ReadTx, Tx } from "../platform/database/index.ts";
import type { TransactionKind } from "../sales/index.ts";

export type SpendRow = Omit<Selectable<DB["card_spends"]>, "kind"> & {
  readonly kind: Exclude<TransactionKind, "payment">;
};
export type NewSpend = Omit<SpendRow, "tenant_id" | "recorded_at">;

/** The refusal of what takes back a purchase that has not been told, or more than is left of those that have. */
export const PURCHASE_AWAITED = "card.purchase_awaited";

const partsOf = sql`(select coalesce(sum(p.amount), 0) from card_spends p where p.tenant_id = card_spends.tenant_id and p.part_of = card_spends.id)`;

/** The base of every read of what was spent; of what was laid on purchases in parts, the parts. The check of the table makes the cast true. */
export const selectSpends = (tx: ReadTx) =>
  tx
    .selectFrom("card_spends")
    .selectAll()
    .where("tenant_id", "=", tx.ctx.tenantId)
    .where(sql<boolean>`(refusal is distinct from ${PURCHASE_AWAITED} or amount > ${partsOf})`)
    .$narrowType<SpendRow>();

type Token = { readonly programId: string; readonly token: string };

export async function isSpendKnown(tx: ReadTx, { programId, token }: Token): Promise<boolean> {
  const row = await tx
    .selectFrom("card_spends")
    .select("id")
    .where("tenant_id", "=", tx.ctx.tenantId)
    .where("program_id", "=", programId)
    .where("token", "=", token)
    .executeTakeFirst();
  return row !== undefined;
}

/** A transaction that a reversal may fall on, with what is left of it. */
export type Reversible = {
  readonly transactionId: string;
  readonly token: string;
  readonly currency: string;
  /** Named itself, and not what came before it. */
  readonly isNamed: boolean;
  readonly room: bigint;
};

/**
 * What a reversal's names mean: the purchases, or chargebacks, that are called so, or that these came before; the first first. In one currency, where one
 * is given, but for what is named itself: in another it is among them, so that it is refused and not left to wait.
 */
export async function findReversibles(
  tx: ReadTx,
  of: {
    readonly programId: string;
    readonly tokens: readonly string[];
    readonly kind: "card" | "chargeback";
    readonly currency: string | null;
  },
): Promise<Reversible[]> {
  const { tenantId } = tx.ctx;
  const tokens = sql`any (${[...of.tokens]}::text[])`;
  const { rows } = await sql<Reversible>`
    with named as (
      select id from card_spends where tenant_id = ${tenantId} and program_id = ${of.programId} and token = ${tokens}
    )
    select s.transaction_id as "transactionId", s.token, s.currency,
           s.id in (select id from named) or (s.part_of is not null and s.part_of in (select id from named)) as "isNamed",
           (s.amount - coalesce(
             (select sum(r.amount - coalesce(
                (select sum(w.amount) from card_spends w
                  where w.tenant_id = ${tenantId} and w.reverses_id = r.transaction_id and w.transaction_id is not null), 0))
                from card_spends r
               where r.tenant_id = ${tenantId} and r.reverses_id = s.transaction_id and r.transaction_id is not null), 0))::bigint as room
      from card_spends s
     where s.tenant_id = ${tenantId}
       and s.program_id = ${of.programId}
       and s.kind = ${of.kind}
       and s.transaction_id is not null
       and (s.token = ${tokens}
         or s.part_of in (select id from named)
         or (s.preceding_token = ${tokens} and s.currency = coalesce(${of.currency}::text, s.currency)))
     order by s.occurred_at, s.id`.execute(tx);
  return rows;
}

type Waiting = SpendRow & { readonly left: bigint; readonly parts: number };

/** What waits for one of these names in a currency, with what of it has no place yet and how many parts of it have one; the oldest first. */
export async function findWaiting(
  tx: ReadTx,
  of: {
    readonly programId: string;
    readonly tokens: readonly string[];
    readonly kinds: readonly SpendRow["kind"][];
    readonly currency: string;
  },
): Promise<Waiting[]> {
  const { rows } = await sql<Waiting>`
    select card_spends.*, (card_spends.amount - p.amount)::bigint as left, p.parts
      from card_spends
     cross join lateral (
       select coalesce(sum(amount), 0) as amount, count(*)::integer as parts
         from card_spends p
        where p.tenant_id = card_spends.tenant_id and p.part_of = card_spends.id) p
     where tenant_id = ${tx.ctx.tenantId}
       and program_id = ${of.programId}
       and preceding_token = any (${[...of.tokens]}::text[])
       and kind = any (${[...of.kinds]}::text[])
       and currency = ${of.currency}
       and refusal = ${PURCHASE_AWAITED}
       and card_spends.amount > p.amount
     order by occurred_at, id`.execute(tx);
  return rows;
}

/** Writes what was spent, or a part of it, once. */
export async function insertSpends(tx: Tx, rows: readonly NewSpend[]): Promise<void> {
  if (rows.length === 0) return;
  const { tenantId, now } = tx.ctx;
  await tx
    .insertInto("card_spends")
    .values(rows.map((row) => ({ ...row, tenant_id: tenantId, recorded_at: now })))
    .onConflict((conflict) => conflict.columns(["tenant_id", "program_id", "token"]).doNothing())
    .execute();
}
