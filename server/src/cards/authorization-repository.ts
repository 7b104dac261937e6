import { type RawBuilder, type Selectable, sql } from "kysely";
import { newId } from "../kernel/id.ts";
import type { DB, ReadTx, Tx } from "../platform/database/index.ts";
import type { AuthorizationAsk } from "./card-issuer.ts";
import type { CardState, DeclineReason, ProductStatus, ProgramStatus, UserStatus } from "./card-rules.ts";

export type AuthorizationRow = Omit<Selectable<DB["card_authorizations"]>, "decision"> & {
  readonly decision: "approved" | "declined" | "released";
};

export type CardFacts = {
  readonly user_id: string;
  readonly card_state: CardState;
  readonly user_status: UserStatus;
  readonly product_status: ProductStatus;
  readonly program_status: ProgramStatus;
  readonly partner_status: string | null;
  readonly currency: string;
  readonly card_per_authorization: bigint | null;
  readonly card_daily: bigint | null;
  readonly card_monthly: bigint | null;
  readonly bound_per_authorization: bigint | null;
  readonly bound_daily: bigint | null;
  readonly bound_monthly: bigint | null;
  readonly per_authorization: bigint | null;
  readonly daily: bigint | null;
  readonly monthly: bigint | null;
};

/**
 * What a purchase is decided by, in one statement, and the card locked until the transaction ends: of two purchases at once the second counts
 * the first. `partnerStatus` reads the status of the partner named by a column.
 */
export async function lockCardFacts(
  tx: Tx,
  { programId, cardToken }: { readonly programId: string; readonly cardToken: string },
  partnerStatus: (tenantId: string, partnerId: RawBuilder<unknown>) => RawBuilder<string | null>,
): Promise<CardFacts | undefined> {
  const { tenantId } = tx.ctx;
  const { rows } = await sql<CardFacts>`
    select u.id as user_id, case when c.is_held and c.state = 'active' then 'suspended' else c.state end as card_state, u.status as user_status, p.status as product_status, g.status as program_status,
           ${partnerStatus(tenantId, sql`c.partner_id`)} as partner_status, g.currency,
           c.per_authorization as card_per_authorization, c.daily as card_daily, c.monthly as card_monthly,
           c.bound_per_authorization, c.bound_daily, c.bound_monthly, p.per_authorization, p.daily, p.monthly
      from cards c
      join partner_users u on (u.tenant_id, u.id) = (c.tenant_id, c.partner_user_id)
      join card_products p on (p.tenant_id, p.id) = (c.tenant_id, c.product_id)
      join card_programs g on (g.tenant_id, g.id) = (p.tenant_id, p.program_id)
     where c.tenant_id = ${tenantId}
       and c.id = ${cardToken}
       and p.program_id = ${programId}
       for no key update of c`.execute(tx);
  return rows[0];
}

/** What counts against a card's limits since an instant, and since another before it. Read after the card is locked. */
export async function sumCounting(
  tx: ReadTx,
  cardId: string,
  { day, month }: { readonly day: Date; readonly month: Date },
): Promise<{ day: bigint; month: bigint }> {
  const { rows } = await sql<{ day: bigint; month: bigint }>`
    select coalesce(sum(counts) filter (where counts_at >= ${day}), 0)::bigint as day,
           coalesce(sum(counts), 0)::bigint as month
      from card_authorizations
     where tenant_id = ${tx.ctx.tenantId}
       and card_id = ${cardId}
       and counts <> 0
       and counts_at >= ${month}`.execute(tx);
  return rows[0] ?? { day: 0n, month: 0n };
}

/** Writes what was answered; where the question was answered before, that answer. */
export async function insertDecision(
  tx: Tx,
  {
    programId,
    ask,
    amount,
    decline,
  }: {
    readonly programId: string;
    readonly ask: AuthorizationAsk;
    readonly amount: bigint;
    readonly decline: DeclineReason | null;
  },
): Promise<{ readonly reason: string | null }> {
  const { tenantId, now } = tx.ctx;
  const written = await tx
    .insertInto("card_authorizations")
    .values({
      tenant_id: tenantId,
      id: newId(),
      program_id: programId,
      token: ask.token,
      transaction_token: ask.transactionToken,
      card_id: ask.cardToken,
      method: ask.method,
      amount,
      currency: ask.currency,
      decision: decline === null ? "approved" : "declined",
      reason: decline,
      merchant: ask.merchant,
      mcc: ask.mcc,
      decided_at: now,
      counts: decline === null ? amount : 0n,
      counts_at: now,
    })
    .onConflict((conflict) => conflict.columns(["tenant_id", "program_id", "token"]).doNothing())
    .returning("reason")
    .executeTakeFirst();
  if (written !== undefined) return written;
  return tx
    .selectFrom("card_authorizations")
    .select("reason")
    .where("tenant_id", "=", tenantId)
    .where("program_id", "=", programId)
    .where("token", "=", ask.token)
    .executeTakeFirstOrThrow();
}

/** What was answered to one question, by the issuer's name for it or by ours. */
export const findAuthorization = (
  tx: ReadTx,
  { programId, ...of }: { readonly programId: string } & ({ readonly token: string } | { readonly id: string }),
): Promise<AuthorizationRow | undefined> =>
  tx
    .selectFrom("card_authorizations")
    .selectAll()
    .where("tenant_id", "=", tx.ctx.tenantId)
    .where("program_id", "=", programId)
    .where((row) => ("token" in of ? row("token", "=", of.token) : row("id", "=", of.id)))
    .$narrowType<AuthorizationRow>()
    .executeTakeFirst();

/** What was approved of a transaction and what was released of it, as rows, the first first. */
export const findHolds = (
  tx: ReadTx,
  { programId, transactionToken }: { readonly programId: string; readonly transactionToken: string },
): Promise<AuthorizationRow[]> =>
  tx
    .selectFrom("card_authorizations")
    .selectAll()
    .where("tenant_id", "=", tx.ctx.tenantId)
    .where("program_id", "=", programId)
    .where("transaction_token", "=", transactionToken)
    .where("decision", "<>", "declined")
    .orderBy("id")
    .$narrowType<AuthorizationRow>()
    .execute();

/** Writes that a hold was given back; told twice it is one. */
export async function insertRelease(
  tx: Tx,
  hold: AuthorizationRow,
  { token, amount }: { readonly token: string; readonly amount: bigint },
): Promise<void> {
  await tx
    .insertInto("card_authorizations")
    .values({
      tenant_id: tx.ctx.tenantId,
      id: newId(),
      program_id: hold.program_id,
      token,
      transaction_token: hold.transaction_token,
      card_id: hold.card_id,
      method: hold.method,
      amount,
      currency: hold.currency,
      decision: "released",
      reason: null,
      merchant: hold.merchant,
      mcc: hold.mcc,
      decided_at: tx.ctx.now,
      counts: -amount,
      counts_at: hold.counts_at,
    })
    .onConflict((conflict) => conflict.columns(["tenant_id", "program_id", "token"]).doNothing())
    .execute();
}

/** The base of every read of authorisations. The check of the table makes the cast true. */
export const selectAuthorizations = (tx: ReadTx, cardId: string) =>
  tx
    .selectFrom("card_authorizations")
    .select(["id", "card_id", "amount", "currency", "decision", "reason", "merchant", "mcc", "decided_at"])
    .where("tenant_id", "=", tx.ctx.tenantId)
    .where("card_id", "=", cardId)
    .$narrowType<Pick<AuthorizationRow, "decision">>();
