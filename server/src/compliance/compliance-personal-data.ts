import { sql } from "kysely";
import type { ReadTx, Tx } from "../platform/database/index.ts";

type Subject = { readonly userId: string; readonly email: string; readonly partnerId?: string };

/** What this module holds of a person. */
export const compliancePersonalData = {
  name: "compliance",
  /** What they accepted, and, of their partner, what was compared and decided. */
  collect: async (tx: ReadTx, { userId, partnerId }: Subject): Promise<Record<string, unknown>[]> => {
    const { rows } = await sql<Record<string, unknown>>`
      select 'agreement_acceptance' as kind, version_id as id, accepted_at as at, ip as detail
        from agreement_acceptances
       where tenant_id = ${tx.ctx.tenantId} and user_id = ${userId}
       union all
      select 'screening', null, screened_at, names::text
        from partner_screenings
       where tenant_id = ${tx.ctx.tenantId} and partner_id = ${partnerId ?? null}::uuid
       order by at`.execute(tx);
    return rows;
  },
  /**
   * Nothing: contracts are evidence for claims, and records of screening are kept for ten years (31 CFR 501.601), which GDPR article 17(3)(b)
   * and (e) let a controller do.
   */
  erase: async (_tx: Tx, _subject: Subject): Promise<number> => 0,
};
