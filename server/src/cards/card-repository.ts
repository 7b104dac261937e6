import { type Selectable, sql } from "kysely";
import type { DB, ReadTx, Tx } from "../platform/database/index.ts";
import { type CardState, type SpendingLimits, type UserStatus, windowsAt } from "./card-rules.ts";
import { boundColumns, limitColumns } from "./program-repository.ts";

export type PartnerUserRow = Omit<Selectable<DB["partner_users"]>, "status"> & { readonly status: UserStatus };
export type CardRow = Omit<Selectable<DB["cards"]>, "state"> & { readonly state: CardState };
export type FoundCard = CardRow & {
  readonly external_id: string;
  readonly currency: string;
  readonly program_id: string;
  readonly spent_this_month: bigint;
};

/** The base of every read of users. The check of the table makes the cast true. */
export const selectUsers = (tx: ReadTx) =>
  tx
    .selectFrom("partner_users")
    .selectAll()
    .select(
      sql<bigint>`(select count(*) from cards c where (c.tenant_id, c.partner_user_id) = (partner_users.tenant_id, partner_users.id))`.as(
        "cards",
      ),
    )
    .where("tenant_id", "=", tx.ctx.tenantId)
    .$narrowType<PartnerUserRow>();

/** A user of a partner; of another's, none. */
export const findUser = (tx: ReadTx, { id, partnerId }: { id: string; partnerId: string }) =>
  selectUsers(tx).where("id", "=", id).where("partner_id", "=", partnerId).executeTakeFirst();

export async function isKnownUser(tx: ReadTx, partnerId: string, externalId: string): Promise<boolean> {
  const row = await tx
    .selectFrom("partner_users")
    .select("id")
    .where("tenant_id", "=", tx.ctx.tenantId)
    .where("partner_id", "=", partnerId)
    .where("external_id", "=", externalId)
    .executeTakeFirst();
  return row !== undefined;
}

export async function insertUser(
  tx: Tx,
  row: Pick<PartnerUserRow, "id" | "partner_id" | "user_id" | "external_id" | "referral_id">,
): Promise<void> {
  const { tenantId, now } = tx.ctx;
  await tx
    .insertInto("partner_users")
    .values({ ...row, tenant_id: tenantId, status: "active", created_at: now, updated_at: now })
    .execute();
}

/** Takes a user that is not closed to another status; false where it is closed. */
export async function moveUser(tx: Tx, id: string, to: UserStatus): Promise<boolean> {
  const { numUpdatedRows } = await tx
    .updateTable("partner_users")
    .set({ status: to, updated_at: tx.ctx.now })
    .where("tenant_id", "=", tx.ctx.tenantId)
    .where("id", "=", id)
    .where("status", "<>", "closed")
    .executeTakeFirst();
  return numUpdatedRows > 0n;
}

/** The users that a person is, and those of the partner that they are, which are not closed. */
export const findOpenUsers = (
  tx: ReadTx,
  { userId, partnerId }: { readonly userId: string; readonly partnerId?: string },
): Promise<PartnerUserRow[]> =>
  selectUsers(tx)
    .where("status", "<>", "closed")
    .where((row) =>
      row.or([row("user_id", "=", userId), ...(partnerId === undefined ? [] : [row("partner_id", "=", partnerId)])]),
    )
    .orderBy("id")
    .execute();

/** The base of every read of cards. The check of the table makes the cast true. */
export const selectCards = (tx: ReadTx) =>
  tx
    .selectFrom("cards")
    .innerJoin("partner_users", (join) =>
      join
        .onRef("partner_users.tenant_id", "=", "cards.tenant_id")
        .onRef("partner_users.id", "=", "cards.partner_user_id"),
    )
    .innerJoin("card_products", (join) =>
      join.onRef("card_products.tenant_id", "=", "cards.tenant_id").onRef("card_products.id", "=", "cards.product_id"),
    )
    .innerJoin("card_programs", (join) =>
      join
        .onRef("card_programs.tenant_id", "=", "card_products.tenant_id")
        .onRef("card_programs.id", "=", "card_products.program_id"),
    )
    .selectAll("cards")
    .select(["partner_users.external_id", "card_programs.currency", "card_products.program_id"])
    .select(
      sql<bigint>`(
        select coalesce(sum(a.counts), 0)::bigint
          from card_authorizations a
         where (a.tenant_id, a.card_id) = (cards.tenant_id, cards.id)
           and a.counts <> 0
           and a.counts_at >= ${windowsAt(tx.ctx.now).month})`.as("spent_this_month"),
    )
    .where("cards.tenant_id", "=", tx.ctx.tenantId)
    .$narrowType<FoundCard>();

export const findCard = (tx: ReadTx, id: string): Promise<FoundCard | undefined> =>
  selectCards(tx).where("cards.id", "=", id).executeTakeFirst();

/** A partner's cards of one user that are not over. */
export async function findCardsOfUser(tx: ReadTx, userId: string): Promise<CardRow[]> {
  return tx
    .selectFrom("cards")
    .selectAll()
    .where("tenant_id", "=", tx.ctx.tenantId)
    .where("partner_user_id", "=", userId)
    .where("state", "not in", ["terminated", "refused"])
    .orderBy("id")
    .$narrowType<CardRow>()
    .execute();
}

/**
 * What the operator has restricted of a user's cards, those that have ended with them, so that another card is no way around it: whether it
 * holds one, and the narrowest of its limits in a currency.
 */
export async function findRestrictions(
  tx: ReadTx,
  { userId, currency }: { readonly userId: string; readonly currency: string },
): Promise<{ readonly isHeld: boolean; readonly bounds: SpendingLimits }> {
  const { rows } = await sql<{ is_held: boolean | null } & Record<keyof SpendingLimits, bigint | null>>`
    select bool_or(c.is_held) as is_held,
           min(c.bound_per_authorization) filter (where g.currency = ${currency}) as "perAuthorization",
           min(c.bound_daily) filter (where g.currency = ${currency}) as daily,
           min(c.bound_monthly) filter (where g.currency = ${currency}) as monthly
      from cards c
      join card_products p on (p.tenant_id, p.id) = (c.tenant_id, c.product_id)
      join card_programs g on (g.tenant_id, g.id) = (p.tenant_id, p.program_id)
     where c.tenant_id = ${tx.ctx.tenantId}
       and c.partner_user_id = ${userId}`.execute(tx);
  const { is_held = null, ...bounds } = rows[0] ?? { perAuthorization: null, daily: null, monthly: null };
  return { isHeld: is_held === true, bounds };
}

export async function insertCard(
  tx: Tx,
  card: {
    readonly id: string;
    readonly partnerId: string;
    readonly userId: string;
    readonly productId: string;
    readonly limits: SpendingLimits;
    /** The operator's. */
    readonly bounds: SpendingLimits;
  },
): Promise<void> {
  const { tenantId, now } = tx.ctx;
  await tx
    .insertInto("cards")
    .values({
      tenant_id: tenantId,
      id: card.id,
      partner_id: card.partnerId,
      partner_user_id: card.userId,
      product_id: card.productId,
      state: "requested",
      ...limitColumns(card.limits),
      ...boundColumns(card.bounds),
      created_at: now,
      updated_at: now,
    })
    .execute();
}

type CardChange = Partial<
  Pick<
    CardRow,
    | "state"
    | "refusal"
    | "last_four"
    | "expires_on"
    | "told_at"
    | "per_authorization"
    | "daily"
    | "monthly"
    | "is_held"
    | "bound_per_authorization"
    | "bound_daily"
    | "bound_monthly"
  >
>;

export async function changeCard(tx: Tx, id: string, change: CardChange): Promise<void> {
  await tx
    .updateTable("cards")
    .set({ ...change, updated_at: tx.ctx.now })
    .where("tenant_id", "=", tx.ctx.tenantId)
    .where("id", "=", id)
    .execute();
}

/** The card, locked until the transaction ends; the order of the rows of this module is requests' chain, then card. */
export const lockCard = (tx: Tx, id: string): Promise<CardRow | undefined> =>
  tx
    .selectFrom("cards")
    .selectAll()
    .where("tenant_id", "=", tx.ctx.tenantId)
    .where("id", "=", id)
    // Not "for update": rows that point at the card may be written meanwhile.
    .forNoKeyUpdate()
    .$narrowType<CardRow>()
    .executeTakeFirst();
