import { newId } from "../../src/kernel/id.ts";
import { asOwner, type ClonedDatabase } from "./postgres.ts";

/** Rows that figures are made of, written past every service: for tests of what reads them. Ids are returned. */
export const figureSeeds = (database: ClonedDatabase, tenantId: string) => {
  let transactions = 0;
  const insert = async (table: string, row: Readonly<Record<string, unknown>>): Promise<string> => {
    const id = newId();
    const all = { tenant_id: tenantId, id, ...row };
    const columns = Object.keys(all);
    const places = columns.map((_, index) => `$${index + 1}`);
    await asOwner(
      database,
      `insert into ${table} (${columns.join(", ")}) values (${places.join(", ")})`,
      Object.values(all),
    );
    return id;
  };

  return {
    customer: (at: Date, email: string | null = null): Promise<string> => {
      const name = newId();
      return insert("users", { role: "customer", external_id: name, email, created_at: at, updated_at: at });
    },
    link: (partnerId: string, at: Date, code = `l-${newId()}`, campaign: string | null = null): Promise<string> =>
      insert("referral_links", { partner_id: partnerId, code, campaign, created_at: at }),
    click: (partnerId: string, at: Date, { linkId = newId(), isRepeat = false } = {}): Promise<string> =>
      insert("clicks", { partner_id: partnerId, link_id: linkId, clicked_at: at, is_repeat: isRepeat }),
    referral: (partnerId: string, createdAt: Date, row: Readonly<Record<string, unknown>> = {}): Promise<string> =>
      insert("referrals", {
        partner_id: partnerId,
        referral_code: "x",
        source: "click",
        created_at: createdAt,
        ...row,
      }),
    /** A transaction of a customer that is the partner's; `number` is unique over all of these. */
    transaction: async (
      of: { readonly partnerId: string; readonly referralId: string; readonly customerId: string },
      at: Date,
      row: Readonly<Record<string, unknown>>,
    ): Promise<string> => {
      transactions += 1;
      const isReversal = row["original_id"] !== undefined;
      return insert("transactions", {
        external_id: `t${transactions}`,
        user_id: of.customerId,
        referral_id: of.referralId,
        partner_id: of.partnerId,
        number: transactions,
        occurred_at: at,
        recorded_at: at,
        currency: "USD",
        original_external_id: isReversal ? "named" : null,
        ...row,
      });
    },
    commission: (partnerId: string, at: Date, row: Readonly<Record<string, unknown>>): Promise<string> =>
      insert("commissions", {
        partner_id: partnerId,
        event_id: newId(),
        rule: "recurring",
        commission_type: "recurring",
        currency: "USD",
        occurred_at: at,
        hold_until: at,
        calculated_at: at,
        created_at: at,
        ...row,
      }),
  };
};

export type FigureSeeds = ReturnType<typeof figureSeeds>;
