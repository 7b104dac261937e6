import { sql } from "kysely";
import { closeAccounts } from "../identity/index.ts";
import type { ReadTx } from "../platform/database/index.ts";
import { erasesNothing, type PersonalDataSource } from "../platform/personal-data.ts";
import { deleteMembers } from "./team-repository.ts";

const profile: PersonalDataSource = {
  name: "partner",
  holds: {
    "partners.company_name": "erased",
    "partners.settings": "erased",
    "partners.branding": "erased",
    "partners.status_reason": "erased",
    "partners.told_reason": "erased",
    "partners.wished_referral_code": "erased",
    "partners.external_id": "reference",
    "partners.referral_code": "reference",
    "partners.country": "books",
  },
  collect: async (tx, { partnerId = null }) => {
    const { rows } = await sql<object>`
      select id, partner_type as "partnerType", tier, company_name as "companyName", referral_code as "referralCode", external_id as "externalId",
             status, told_reason as "toldReason", country, settings, branding, joined_at as "joinedAt", approved_at as "approvedAt", terminated_at as "terminatedAt"
        from partners
       where tenant_id = ${tx.ctx.tenantId}
         and id = ${partnerId}`.execute(tx);
    return rows;
  },
  erase: async (tx, { partnerId = null }) => {
    const { numAffectedRows } = await sql`
      update partners
         set company_name = null,
             settings = '{}',
             branding = '{}',
             status_reason = null,
             told_reason = null,
             wished_referral_code = null,
             external_id = case when external_id like '%@%' then 'erased-' || id else external_id end,
             updated_at = ${tx.ctx.now}
       where tenant_id = ${tx.ctx.tenantId}
         and id = ${partnerId}
         and (company_name is not null or settings <> '{}' or branding <> '{}' or status_reason is not null
              or told_reason is not null or wished_referral_code is not null or external_id like '%@%')`.execute(tx);
    return Number(numAffectedRows ?? 0n);
  },
};

const invitations: PersonalDataSource = {
  name: "invitations",
  holds: { "partner_invitations.email": "erased" },
  collect: async (tx, { email }) => {
    const { rows } = await sql<object>`
      select email, created_at as "createdAt"
        from partner_invitations
       where tenant_id = ${tx.ctx.tenantId}
         and email = ${email}`.execute(tx);
    return rows;
  },
  erase: async (tx, { email }) => {
    const { numAffectedRows } = await sql`
      delete from partner_invitations
       where tenant_id = ${tx.ctx.tenantId}
         and email = ${email}`.execute(tx);
    return Number(numAffectedRows ?? 0n);
  },
};

const team: PersonalDataSource = {
  name: "team",
  holds: { "partner_members.email": "erased" },
  collect: async (tx, { userId, email }) => {
    const { rows } = await sql<object>`
      select partner_id as "partnerId", email, role, invited_at as "invitedAt", joined_at as "joinedAt"
        from partner_members
       where tenant_id = ${tx.ctx.tenantId}
         and (user_id = ${userId} or email = ${email})
       order by invited_at`.execute(tx);
    return rows;
  },
  // Nobody works for a partner that is forgotten. Whoever did may ask for the same for themselves.
  close: async (tx, { partnerId }) => {
    if (partnerId === undefined) return [];
    const joined = await deleteMembers(tx, { partnerId });
    return [{ what: "Accounts of the partner's team that were closed", count: await closeAccounts(tx, joined) }];
  },
  erase: async (tx, { userId, email }) => {
    const { numAffectedRows } = await sql`
      delete from partner_members
       where tenant_id = ${tx.ctx.tenantId}
         and (user_id = ${userId} or email = ${email})`.execute(tx);
    return Number(numAffectedRows ?? 0n);
  },
};

const tierRequests: PersonalDataSource = {
  name: "tier-requests",
  holds: { "partner_tier_changes.reason": "erased" },
  collect: async (tx, { partnerId = null }) => {
    const { rows } = await sql<object>`
      select from_tier as "fromTier", to_tier as "toTier", status, reason, requested_at as "requestedAt", decided_at as "decidedAt"
        from partner_tier_changes
       where tenant_id = ${tx.ctx.tenantId}
         and partner_id = ${partnerId}
       order by requested_at`.execute(tx);
    return rows;
  },
  erase: async (tx, { partnerId = null }) => {
    const { numAffectedRows } = await sql`
      update partner_tier_changes
         set reason = null
       where tenant_id = ${tx.ctx.tenantId}
         and partner_id = ${partnerId}
         and reason is not null`.execute(tx);
    return Number(numAffectedRows ?? 0n);
  },
};

const tierReviews: PersonalDataSource = {
  name: "tier-reviews",
  holds: { "partner_tier_reviews.reason": "erased" },
  collect: async (tx, { partnerId = null }) => {
    const { rows } = await sql<object>`
      select tier, minimum, days, counted, status, to_tier as "toTier", reason, opened_at as "openedAt", closed_at as "closedAt"
        from partner_tier_reviews
       where tenant_id = ${tx.ctx.tenantId}
         and partner_id = ${partnerId}
       order by opened_at`.execute(tx);
    return rows;
  },
  erase: async (tx, { partnerId = null }) => {
    const { numAffectedRows } = await sql`
      update partner_tier_reviews
         set reason = null
       where tenant_id = ${tx.ctx.tenantId}
         and partner_id = ${partnerId}
         and reason is not null`.execute(tx);
    return Number(numAffectedRows ?? 0n);
  },
};

const terms: PersonalDataSource = {
  name: "terms",
  holds: { "partner_terms.reason": "books", "partner_terms.overrides": "books", "partner_events.data": "books" },
  collect: async (tx, { partnerId = null }) => {
    const { rows } = await sql<object>`
      select number, tier, overrides, reason, effective_from as "effectiveFrom", created_at as "createdAt"
        from partner_terms
       where tenant_id = ${tx.ctx.tenantId}
         and partner_id = ${partnerId}
       order by number`.execute(tx);
    return rows;
  },
  erase: erasesNothing,
};

/** What is kept about whoever is a partner. */
export const partnerPersonalData: readonly PersonalDataSource[] = [
  profile,
  invitations,
  team,
  tierRequests,
  tierReviews,
  terms,
];

/** The partner that somebody is; undefined where they are none. */
export async function findPartnerOfUser(
  tx: ReadTx,
  userId: string,
): Promise<{ id: string; status: string } | undefined> {
  return tx
    .selectFrom("partners")
    .select(["id", "status"])
    .where("tenant_id", "=", tx.ctx.tenantId)
    .where("user_id", "=", userId)
    .executeTakeFirst();
}
