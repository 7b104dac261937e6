import { sql } from "kysely";
import type { PersonalDataSource } from "../platform/personal-data.ts";
import type { CardDeps } from "./card-deps.ts";
import { findOpenUsers } from "./card-repository.ts";
import { applyStatus } from "./change-user.ts";

/** What this module holds of a person, and what of it ends or can be forgotten: for whoever answers for all modules. */
export const cardPersonalData = (deps: CardDeps): PersonalDataSource => ({
  name: "cards",
  holds: {
    "partner_users.external_id": "erased",
    "cards.last_four": "books",
    "cards.expires_on": "books",
    "card_spends.merchant": "books",
    "card_spends.mcc": "books",
    "card_authorizations.merchant": "books",
    "card_authorizations.mcc": "books",
    "card_requests.body_sealed": "books",
  },

  /** The user that a partner made of them, their cards, and what they spent. */
  collect: async (tx, { userId }) => {
    const { rows } = await sql<object>`
      select u.external_id as "externalId", u.status, u.created_at as "createdAt",
             (select coalesce(jsonb_agg(jsonb_build_object('id', c.id, 'state', c.state, 'lastFour', c.last_four, 'expiresOn', c.expires_on)), '[]')
                from cards c where (c.tenant_id, c.partner_user_id) = (u.tenant_id, u.id)) as cards,
             (select coalesce(jsonb_agg(jsonb_build_object('amount', s.amount, 'currency', s.currency, 'merchant', s.merchant, 'at', s.occurred_at)), '[]')
                from card_spends s join cards c on (c.tenant_id, c.id) = (s.tenant_id, s.card_id)
               where (c.tenant_id, c.partner_user_id) = (u.tenant_id, u.id) and s.part_of is null) as spent
        from partner_users u
       where u.tenant_id = ${tx.ctx.tenantId}
         and u.user_id = ${userId}`.execute(tx);
    return rows;
  },

  /**
   * Closes the user that they are, or the users of the partner that they are: nobody is left who could close them, and no card must pay for
   * whoever is forgotten.
   */
  close: async (tx, subject) => {
    const users = await findOpenUsers(tx, subject);
    let cards = 0;
    for (const user of users) cards += await applyStatus(deps, tx, user, "closed");
    return [
      { what: "Users of the partner that were closed", count: users.length },
      { what: "Cards that were ended", count: cards },
    ];
  },

  /** Forgets what their partner called them. Cards and what was spent stay: they are books, and name nobody. */
  erase: async (tx, { userId }) => {
    const { numUpdatedRows } = await tx
      .updateTable("partner_users")
      .set({ external_id: sql`'erased ' || id` })
      .where("tenant_id", "=", tx.ctx.tenantId)
      .where("user_id", "=", userId)
      .where("external_id", "<>", sql<string>`'erased ' || id`)
      .executeTakeFirst();
    return Number(numUpdatedRows);
  },
});
