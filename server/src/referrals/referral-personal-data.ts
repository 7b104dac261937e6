import { sql } from "kysely";
import { findVisitorsOf } from "../identity/index.ts";
import type { ReadTx } from "../platform/database/index.ts";
import { type DataSubject, erasesNothing, type PersonalDataSource } from "../platform/personal-data.ts";

/** Clicks by which a customer came, and those of the browsers in which they were made or somebody signed in. */
async function clicksOf(tx: ReadTx, { userId }: DataSubject) {
  const { tenantId } = tx.ctx;
  const visitors = await findVisitorsOf(tx, userId);
  return sql`
    select c.id
      from clicks c
     where c.tenant_id = ${tenantId}
       and (c.visitor_id = any (${visitors}::uuid[])
            or c.id in (select click_id from referrals where tenant_id = ${tenantId} and referred_user_id = ${userId})
            or c.visitor_id in (
                 select k.visitor_id
                   from referrals r
                   join clicks k on (k.tenant_id, k.id) = (r.tenant_id, r.click_id)
                  where r.tenant_id = ${tenantId}
                    and r.referred_user_id = ${userId}))`;
}

const clicks: PersonalDataSource = {
  name: "clicks",
  holds: {
    "clicks.ip": "erased",
    "clicks.user_agent": "erased",
    "clicks.referrer": "erased",
    "clicks.device_id": "erased",
    // What the link was marked with: the partner's words, and a figure of theirs.
    "clicks.campaign": "books",
    "clicks.sub_ids": "books",
    "clicks.paid_by": "books",
  },
  collect: async (tx, subject) => {
    const { rows } = await sql<object>`
      select clicked_at as "clickedAt", consent, host(ip) as ip, user_agent as "userAgent", referrer, device_id as "deviceId", campaign
        from clicks
       where tenant_id = ${tx.ctx.tenantId}
         and id in (${await clicksOf(tx, subject)})
       order by clicked_at, id`.execute(tx);
    return rows;
  },
  // The visitor's name goes too: what is left can be tied to nobody, and counts on.
  erase: async (tx, subject) => {
    const { numAffectedRows } = await sql`
      update clicks
         set ip = null, user_agent = null, referrer = null, device_id = null, visitor_id = null
       where tenant_id = ${tx.ctx.tenantId}
         and id in (${await clicksOf(tx, subject)})
         and (ip is not null or user_agent is not null or referrer is not null or device_id is not null or visitor_id is not null)`.execute(
      tx,
    );
    return Number(numAffectedRows ?? 0n);
  },
};

const referred: PersonalDataSource = {
  name: "referral",
  holds: {
    "referrals.metadata": "erased",
    "referrals.rejection_reason": "erased",
    "referrals.referral_code": "reference",
  },
  collect: async (tx, { userId }) => {
    const { rows } = await sql<object>`
      select id, partner_id as "partnerId", referral_code as "referralCode", source, status, conversion_date as "convertedAt",
             rejection_reason as "rejectionReason", metadata, created_at as "createdAt"
        from referrals
       where tenant_id = ${tx.ctx.tenantId}
         and referred_user_id = ${userId}
       order by created_at`.execute(tx);
    return rows;
  },
  // What decided the attribution stays: names of a click, a code or a coupon, and none of the customer.
  erase: async (tx, { userId }) => {
    const { numAffectedRows } = await sql`
      update referrals
         set metadata = (metadata - 'network' - 'reason') #- '{claim,deviceId}', rejection_reason = null
       where tenant_id = ${tx.ctx.tenantId}
         and referred_user_id = ${userId}
         and (metadata ?| array['network', 'reason'] or metadata #> '{claim,deviceId}' is not null or rejection_reason is not null)`.execute(
      tx,
    );
    return Number(numAffectedRows ?? 0n);
  },
};

const links: PersonalDataSource = {
  name: "links",
  holds: {
    "referral_links.campaign": "erased",
    "referral_links.destination_url": "erased",
    "referral_links.sub_ids": "erased",
    "referral_links.code": "reference",
    "coupons.code": "reference",
  },
  collect: async (tx, { partnerId = null }) => {
    const { rows } = await sql<object>`
      select 'link' as kind, code, campaign, destination_url as "destination", sub_ids as "subIds", status, created_at as "createdAt"
        from referral_links
       where tenant_id = ${tx.ctx.tenantId}
         and partner_id = ${partnerId}
       union all
      select 'coupon', code, null, null, '{}', status, created_at
        from coupons
       where tenant_id = ${tx.ctx.tenantId}
         and partner_id = ${partnerId}`.execute(tx);
    return rows;
  },
  erase: async (tx, { partnerId = null }) => {
    const { numAffectedRows } = await sql`
      update referral_links
         set campaign = null, destination_url = null, sub_ids = '{}'
       where tenant_id = ${tx.ctx.tenantId}
         and partner_id = ${partnerId}
         and (campaign is not null or destination_url is not null or sub_ids <> '{}')`.execute(tx);
    return Number(numAffectedRows ?? 0n);
  },
};

/** Whom a partner brought: by id, since who they are concerns them. */
const brought: PersonalDataSource = {
  name: "referrals-brought",
  holds: {},
  collect: async (tx, { partnerId = null }) => {
    const { rows } = await sql<object>`
      select id, source, status, conversion_date as "convertedAt", created_at as "createdAt"
        from referrals
       where tenant_id = ${tx.ctx.tenantId}
         and partner_id = ${partnerId}
       order by created_at, id`.execute(tx);
    return rows;
  },
  erase: erasesNothing,
};

/** What is kept about visitors, customers and whoever brought them. */
export const referralPersonalData: readonly PersonalDataSource[] = [clicks, referred, links, brought];
