import { type Selectable, sql } from "kysely";
import type { DB, ReadTx, Tx } from "../platform/database/index.ts";
import type { LeadStatus, MatchKind, Tie } from "./lead-rules.ts";

export type Lead = {
  readonly id: string;
  readonly partnerId: string;
  readonly company: string;
  readonly domain: string | null;
  readonly contactName: string | null;
  readonly contactEmail: string | null;
  readonly expectedValue: bigint | null;
  readonly currency: string | null;
  readonly status: LeadStatus;
  readonly endsAt: Date | null;
  readonly renewals: number;
  readonly remindedAt: Date | null;
  readonly conflict: { readonly kind: MatchKind | "customer"; readonly leadId: string | null } | null;
  readonly tie: Tie | null;
  readonly referralId: string | null;
  readonly tiedAt: Date | null;
  readonly registeredAt: Date;
  readonly decidedAt: Date | null;
  readonly updatedAt: Date;
  readonly closedAt: Date | null;
};

/** The check constraints make the casts true. */
export const leadOf = (row: Selectable<DB["leads"]>): Lead => ({
  id: row.id,
  partnerId: row.partner_id,
  company: row.company,
  domain: row.domain,
  contactName: row.contact_name,
  contactEmail: row.contact_email,
  expectedValue: row.expected_value,
  currency: row.currency,
  status: row.status as LeadStatus,
  endsAt: row.ends_at,
  renewals: row.renewals,
  remindedAt: row.reminded_at,
  conflict:
    row.conflict_kind === null
      ? null
      : { kind: row.conflict_kind as MatchKind | "customer", leadId: row.conflict_lead_id },
  tie: row.tie as Tie | null,
  referralId: row.referral_id,
  tiedAt: row.tied_at,
  registeredAt: row.registered_at,
  decidedAt: row.decided_at,
  updatedAt: row.updated_at,
  closedAt: row.closed_at,
});

const columnsOf = (lead: Lead) => ({
  partner_id: lead.partnerId,
  company: lead.company,
  domain: lead.domain,
  contact_name: lead.contactName,
  contact_email: lead.contactEmail,
  expected_value: lead.expectedValue,
  currency: lead.currency,
  status: lead.status,
  ends_at: lead.endsAt,
  renewals: lead.renewals,
  reminded_at: lead.remindedAt,
  conflict_kind: lead.conflict?.kind ?? null,
  conflict_lead_id: lead.conflict?.leadId ?? null,
  tie: lead.tie,
  referral_id: lead.referralId,
  tied_at: lead.tiedAt,
  registered_at: lead.registeredAt,
  decided_at: lead.decidedAt,
  updated_at: lead.updatedAt,
  closed_at: lead.closedAt,
});

export const selectLeads = (tx: ReadTx) => tx.selectFrom("leads").selectAll().where("tenant_id", "=", tx.ctx.tenantId);

export async function findLead(tx: ReadTx, id: string): Promise<Lead | undefined> {
  const row = await selectLeads(tx).where("id", "=", id).executeTakeFirst();
  return row && leadOf(row);
}

/** The same, locked: what is done with one lead happens one after another. */
export async function lockLead(tx: Tx, id: string): Promise<Lead | undefined> {
  const row = await selectLeads(tx).where("id", "=", id).forUpdate().executeTakeFirst();
  return row && leadOf(row);
}

export async function insertLead(tx: Tx, lead: Lead): Promise<void> {
  await tx
    .insertInto("leads")
    .values({ tenant_id: tx.ctx.tenantId, id: lead.id, ...columnsOf(lead) })
    .execute();
}

/** Writes a lead that the caller has locked. */
export async function updateLead(tx: Tx, lead: Lead): Promise<void> {
  await tx
    .updateTable("leads")
    .set(columnsOf(lead))
    .where("tenant_id", "=", tx.ctx.tenantId)
    .where("id", "=", lead.id)
    .execute();
}

/** Leads whose time is over, the longest first, locked. What somebody else works on is left to them. */
export async function takeEnded(tx: Tx, limit: number): Promise<Lead[]> {
  const rows = await selectLeads(tx)
    .where("ends_at", "<=", tx.ctx.now)
    .orderBy("ends_at")
    .orderBy("id")
    .limit(limit)
    .forUpdate()
    .skipLocked()
    .execute();
  return rows.map(leadOf);
}

/** Leads in one of the states that end by an instant and whose partner has not been reminded, locked in the same way. */
export async function takeEnding(
  tx: Tx,
  { statuses, by, limit }: { readonly statuses: readonly LeadStatus[]; readonly by: Date; readonly limit: number },
): Promise<Lead[]> {
  const rows = await selectLeads(tx)
    .where("status", "in", [...statuses])
    .where("ends_at", ">", tx.ctx.now)
    .where("ends_at", "<=", by)
    .where("reminded_at", "is", null)
    .orderBy("ends_at")
    .orderBy("id")
    .limit(limit)
    .forUpdate()
    .skipLocked()
    .execute();
  return rows.map(leadOf);
}

/** The leads that are tied to some referrals, by referral. */
export async function findTiedTo(tx: ReadTx, referralIds: readonly string[]): Promise<ReadonlyMap<string, string>> {
  const { rows } = await sql<{ id: string; referral_id: string }>`
    select id, referral_id
      from leads
     where tenant_id = ${tx.ctx.tenantId}
       and referral_id = any (${[...referralIds]}::uuid[])
     order by registered_at desc, id`.execute(tx);
  return new Map(rows.map((row) => [row.referral_id, row.id]));
}

/** Forgets the people of some leads: who the contact is, and what was written of them. Says how many it found. */
export async function forgetContacts(
  tx: Tx,
  of: { readonly emails: readonly string[]; readonly partnerId: string | null },
): Promise<number> {
  const { rows } = await sql<{ id: string }>`
    update leads
       set contact_name = null, contact_email = null
     where tenant_id = ${tx.ctx.tenantId}
       and (contact_email = any (${[...of.emails]}::text[]) or partner_id = ${of.partnerId}::uuid)
       and (contact_name is not null or contact_email is not null)
    returning id`.execute(tx);
  const ids = rows.map(({ id }) => id);
  if (ids.length === 0) return 0;
  await sql`
    update lead_entries
       set body = null
     where tenant_id = ${tx.ctx.tenantId}
       and lead_id = any (${ids}::uuid[])
       and body is not null`.execute(tx);
  await sql`
    delete from lead_claims
     where tenant_id = ${tx.ctx.tenantId}
       and lead_id = any (${ids}::uuid[])
       and kind = 'email'`.execute(tx);
  return ids.length;
}
