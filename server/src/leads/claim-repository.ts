import { sql } from "kysely";
import { type ReadTx, type Tx, violatedConstraint } from "../platform/database/index.ts";
import { leadErrors } from "./lead-errors.ts";
import { type DealKeys, domainsAbove } from "./lead-keys.ts";
import { type Holder, MATCH_KINDS, type MatchKind } from "./lead-rules.ts";

/**
 * Who looks at the same deal takes turns until the transaction ends: of two partners who register it at once, the second sees the first. Deals
 * whose domains lie one below the other share the upper one. Taken before every other lock.
 */
export async function takeTurns(tx: Tx, keys: DealKeys): Promise<void> {
  const { email, domain, company } = keys;
  const names = [
    ...(email === null ? [] : [`email ${email}`]),
    ...(domain === null ? [] : domainsAbove(domain).map((one) => `domain ${one}`)),
    ...(company === null ? [] : [`company ${company}`]),
  ].map((name) => `${tx.ctx.tenantId} lead ${name}`);
  await sql`
    select pg_advisory_xact_lock(k)
      from (select distinct hashtextextended(name, 0) as k from unnest(${names}::text[]) name order by k) turns`.execute(
    tx,
  );
}

/** The leads that hold something of a deal: its address, its domain, one above or below that, or its name. */
export async function findHolders(tx: ReadTx, { email, domain, company }: DealKeys): Promise<Holder[]> {
  const above = domain === null ? [] : domainsAbove(domain);
  const { rows } = await sql<{ lead_id: string; partner_id: string; kind: MatchKind }>`
    select c.lead_id, l.partner_id, c.kind
      from lead_claims c
      join leads l
        on l.tenant_id = c.tenant_id
       and l.id = c.lead_id
     where c.tenant_id = ${tx.ctx.tenantId}
       and ((c.kind = 'email' and c.value = ${email}::text)
         or (c.kind = 'company' and c.value = ${company}::text)
         or (c.kind = 'domain' and (c.value = any (${above}::text[]) or reverse(c.value) like reverse(${domain}::text) || '.%')))
     order by l.registered_at, c.lead_id`.execute(tx);
  return rows.map((row) => ({ leadId: row.lead_id, partnerId: row.partner_id, by: row.kind }));
}

/** Whether any deal is held at all. */
export async function isAnythingHeld(tx: ReadTx): Promise<boolean> {
  const row = await tx
    .selectFrom("lead_claims")
    .select("lead_id")
    .where("tenant_id", "=", tx.ctx.tenantId)
    .limit(1)
    .executeTakeFirst();
  return row !== undefined;
}

/** The leads that hold some addresses and domains exactly, by `email …` and `domain …`. */
export async function findClaimants(
  tx: ReadTx,
  { emails, domains }: { readonly emails: readonly string[]; readonly domains: readonly string[] },
): Promise<ReadonlyMap<string, string>> {
  const { rows } = await sql<{ claim: string; lead_id: string }>`
    select kind || ' ' || value as claim, lead_id
      from lead_claims
     where tenant_id = ${tx.ctx.tenantId}
       and ((kind = 'email' and value = any (${[...emails]}::text[]))
         or (kind = 'domain' and value = any (${[...domains]}::text[])))`.execute(tx);
  return new Map(rows.map((row) => [row.claim, row.lead_id]));
}

/** Keeps a deal for a lead. Throws `lead.held` where another lead has its address or domain. */
export async function insertClaims(tx: Tx, leadId: string, keys: DealKeys): Promise<void> {
  const held = MATCH_KINDS.flatMap((kind) => {
    const value = keys[kind];
    return value === null ? [] : [{ tenant_id: tx.ctx.tenantId, lead_id: leadId, kind, value }];
  });
  if (held.length === 0) return;
  try {
    await tx.insertInto("lead_claims").values(held).execute();
  } catch (error) {
    if (violatedConstraint(error) === "lead_claims_held_unique") throw leadErrors.held();
    throw error;
  }
}

/** Lets deals go. */
export async function deleteClaims(tx: Tx, leadIds: readonly string[]): Promise<void> {
  await sql`
    delete from lead_claims
     where tenant_id = ${tx.ctx.tenantId}
       and lead_id = any (${[...leadIds]}::uuid[])`.execute(tx);
}
