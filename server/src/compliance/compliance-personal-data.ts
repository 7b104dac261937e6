import { sql } from "kysely";
import type { Tx } from "../platform/database/index.ts";
import type { PersonalDataSource } from "../platform/personal-data.ts";
import { findHolds, lockFinding } from "./screening-repository.ts";

/** What this module holds of a person. */
export const compliancePersonalData: PersonalDataSource = {
  name: "compliance",
  holds: {
    "agreement_acceptances.ip": "claims",
    "partner_screenings.subject_hash": "erased",
    "partner_screenings.names": "erased",
    "partner_screenings.country": "erased",
    "screening_hits.subject": "erased",
    "screening_hits.subject_key": "erased",
    "screening_hits.name_sealed": "erased",
    "screening_hits.evidence": "erased",
    "screening_votes.reason": "trail",
    "sanctions_lists.imported_by": "trail",
  },
  /** What they accepted, and, of their partner, what was compared and decided. */
  collect: async (tx, { userId, partnerId }) => {
    const { rows } = await sql<object>`
      select 'agreement_acceptance' as kind, version_id as id, accepted_at as at, ip as detail
        from agreement_acceptances
       where tenant_id = ${tx.ctx.tenantId} and user_id = ${userId}
       union all
      select 'screening', null, screened_at, (select string_agg(n ->> 'source', ', ') from jsonb_array_elements(names) n)
        from partner_screenings
       where tenant_id = ${tx.ctx.tenantId} and partner_id = ${partnerId ?? null}::uuid
       order by at`.execute(tx);
    return rows;
  },
  /**
   * All that tells a name, or what it was like: nobody is erased while a case of them is undecided or confirmed (`mustBeKept`). That somebody was
   * compared, with which lists, and what people decided, stays. Contracts are evidence for claims.
   */
  erase: async (tx, { partnerId }) => {
    if (partnerId === undefined) return 0;
    const { tenantId } = tx.ctx;
    const screenings = await sql`
      update partner_screenings
         set subject_hash = 'erased ' || gen_random_uuid(), names = '[]', country = null
       where tenant_id = ${tenantId} and partner_id = ${partnerId} and subject_hash not like 'erased %'`.execute(tx);
    const hits =
      await sql`delete from screening_hits where tenant_id = ${tenantId} and partner_id = ${partnerId}`.execute(tx);
    return Number(screenings.numAffectedRows ?? 0n) + Number(hits.numAffectedRows ?? 0n);
  },
};

/**
 * Whether the law asks to keep what is known of a partner: a possible match is undecided, or it is one (31 CFR 501.601; GDPR article 17(3)(e)).
 * Nothing is found of anybody until the transaction ends.
 */
export async function mustBeKept(tx: Tx, partnerId: string): Promise<boolean> {
  await lockFinding(tx);
  return (await findHolds(tx, [partnerId])).size > 0;
}
