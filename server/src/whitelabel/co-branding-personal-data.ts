import { sql } from "kysely";
import { eraseFiles } from "../platform/files/index.ts";
import type { PersonalDataSource } from "../platform/personal-data.ts";

/** What a partner shows of itself, and what it writes on its pages. */
export const coBrandingPersonalData: PersonalDataSource = {
  name: "landing-pages",
  holds: {
    "landing_pages.title": "erased",
    "landing_pages.text": "erased",
    "landing_pages.button": "erased",
  },
  collect: async (tx, { partnerId = null }) => {
    const { rows } = await sql<object>`
      select 'co-branding' as kind, null as "linkId", colour, logo_id as "logoId", null as title, null as text, null as button, updated_at as "updatedAt"
        from co_brandings
       where tenant_id = ${tx.ctx.tenantId}
         and partner_id = ${partnerId}
       union all
      select 'landing-page', link_id, null, null, title, text, button, updated_at
        from landing_pages
       where tenant_id = ${tx.ctx.tenantId}
         and partner_id = ${partnerId}`.execute(tx);
    return rows;
  },
  // Nothing refers to them: they go as a whole, and the bytes of the logo with them.
  erase: async (tx, { partnerId = null }) => {
    const { numAffectedRows } = await sql`
      delete from landing_pages
       where tenant_id = ${tx.ctx.tenantId}
         and partner_id = ${partnerId}`.execute(tx);
    const { rows } = await sql<{ id: string }>`
      delete from co_brandings
       where tenant_id = ${tx.ctx.tenantId}
         and partner_id = ${partnerId}
      returning logo_id as id`.execute(tx);
    await eraseFiles(
      tx,
      rows.map(({ id }) => id),
    );
    return Number(numAffectedRows ?? 0n) + rows.length;
  },
};
