import { sql } from "kysely";
import type { ReadTx, Tx } from "../platform/database/index.ts";

/** Keeps what follows what; false where that is known. */
export async function insertLink(
  tx: Tx,
  link: { readonly programId: string; readonly token: string; readonly precedingToken: string },
): Promise<boolean> {
  const { numAffectedRows } = await sql`
    insert into card_links (tenant_id, program_id, token, preceding_token, recorded_at)
    values (${tx.ctx.tenantId}, ${link.programId}, ${link.token}, ${link.precedingToken}, ${tx.ctx.now})
        on conflict do nothing`.execute(tx);
  return numAffectedRows === 1n;
}

/** Every name by which the issuer may mean what it calls by these: whatever follows it, or it follows, and so on. */
export async function findFamily(
  tx: ReadTx,
  { programId, tokens }: { readonly programId: string; readonly tokens: readonly string[] },
): Promise<string[]> {
  const { tenantId } = tx.ctx;
  const { rows } = await sql<{ token: string }>`
    with recursive family (token) as (
      select unnest(${[...tokens]}::text[])
       union
      select next.token
        from family
       cross join lateral (
             select preceding_token as token
               from card_links l
              where l.tenant_id = ${tenantId} and l.program_id = ${programId} and l.token = family.token
              union all
             select token
               from card_links l
              where l.tenant_id = ${tenantId} and l.program_id = ${programId} and l.preceding_token = family.token) next)
    select token from family`.execute(tx);
  return rows.map(({ token }) => token);
}
