import { sql } from "kysely";
import { erasesNothing, type PersonalDataSource } from "../platform/personal-data.ts";

/** What materials hold of a person: which a partner has downloaded, and how often. Who is forgotten stays in the counts by an id that names nobody. */
export const materialPersonalData: PersonalDataSource = {
  name: "material-downloads",
  holds: {},
  collect: async (tx, { partnerId }) => {
    if (partnerId === undefined) return [];
    const { rows } = await sql<{ title: string; count: bigint; last_at: Date }>`
      select m.title, d.count, d.last_at
        from material_downloads d
        join materials m
          on m.tenant_id = d.tenant_id
         and m.id = d.material_id
       where d.tenant_id = ${tx.ctx.tenantId}
         and d.partner_id = ${partnerId}
       order by d.last_at, m.id`.execute(tx);
    return rows.map((row) => ({ title: row.title, downloads: row.count, lastAt: row.last_at }));
  },
  erase: erasesNothing,
};
