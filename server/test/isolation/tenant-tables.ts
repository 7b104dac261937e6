import { asOwner, type ClonedDatabase } from "../kit/postgres.ts";

export type TenantTable = { readonly name: string; readonly tenantColumn: string };

/** Every table that holds rows of tenants, from the catalogue. */
export const tenantTables = async (database: ClonedDatabase): Promise<TenantTable[]> => {
  const rows = await asOwner<{ name: string }>(
    database,
    `select c.relname as name from pg_class c
       join pg_attribute a on a.attrelid = c.oid and a.attname = 'tenant_id' and not a.attisdropped
      where c.relnamespace = 'tributary'::regnamespace and c.relkind in ('r', 'p') order by 1`,
  );
  return [...rows.map(({ name }) => ({ name, tenantColumn: "tenant_id" })), { name: "tenants", tenantColumn: "id" }];
};

/** How many rows of a tenant each table has, with a digest of them: equal when nothing of it was changed, added or taken. */
export async function snapshot(
  database: ClonedDatabase,
  tenantId: string,
): Promise<Record<string, { rows: number; digest: string }>> {
  const tables = await tenantTables(database);
  const [row] = await asOwner<{ taken: Record<string, { rows: number; digest: string }> }>(
    database,
    `select jsonb_object_agg(name, jsonb_build_object('rows', rows, 'digest', digest)) as taken from (
       ${tables
         .map(
           ({ name, tenantColumn }) =>
             `select '${name}' as name, count(*) as rows, coalesce(md5(string_agg(t::text, '|' order by t::text)), '') as digest
                from ${name} t where ${tenantColumn} = $1`,
         )
         .join(" union all ")}) every_table`,
    [tenantId],
  );
  return row?.taken ?? {};
}
