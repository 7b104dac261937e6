import { sql } from "kysely";
import { erasesNothing, type PersonalDataSource } from "../platform/personal-data.ts";

/** What this module holds of a person. */
export const compliancePersonalData: PersonalDataSource = {
  name: "compliance",
  holds: {
    "agreement_acceptances.ip": "claims",
    "partner_screenings.names": "trail",
    "partner_screenings.country": "trail",
    "screening_hits.subject": "trail",
    "screening_hits.subject_key": "trail",
    "screening_hits.evidence": "trail",
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
  erase: erasesNothing,
};
