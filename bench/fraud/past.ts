import type { BenchDatabase } from "../kit/cluster.ts";

/** Days over which the past is spread. */
const DAYS = 90;

/**
 * Fills a programme's past: so many conversions before `until`, each of a customer of its own, with what was judged of it and the four values
 * that it was recognised by. One in ten shares its device with nine others of its partner.
 */
export const generateConversions = (
  database: BenchDatabase,
  of: { readonly tenantId: string; readonly count: number; readonly until: Date },
): Promise<void> =>
  database.asSuperuser(async (client) => {
    await client.query("set session_replication_role = replica");
    await client.query("set maintenance_work_mem = '512MB'");
    const at = `$2::timestamptz - make_interval(secs => n * ${DAYS} * 86400.0 / $3::integer)`;
    const partner = "p.ids[1 + n % p.count]";
    const partners = "(select array_agg(id order by id) as ids, count(*)::integer as count from partners) p";
    const insert = (into: string, values: string): Promise<unknown> =>
      client.query(
        `insert into ${into} select ${values} from generate_series(1, $3::integer) as n cross join ${partners}`,
        [of.tenantId, of.until, of.count],
      );
    await insert(
      "users (tenant_id, id, role, external_id, email, status, created_at, updated_at)",
      `$1::uuid, md5('user ' || n)::uuid, 'customer', 'past-' || n, 'past-' || n || '@people.test', 'active', ${at}, ${at}`,
    );
    await insert(
      "referrals (tenant_id, id, partner_id, referred_user_id, referral_code, source, status, conversion_date, terms_id, created_at)",
      `$1::uuid, md5('referral ' || n)::uuid, ${partner}, md5('user ' || n)::uuid, 'past', 'click', 'converted', ${at},
       (select id from partner_terms limit 1), ${at}`,
    );
    await insert(
      "fraud_evaluations (tenant_id, id, subject_kind, subject_id, partner_id, evaluated_at, version, score, shadow_score, verdict, findings, facts)",
      `$1::uuid, md5('evaluation ' || n)::uuid, 'conversion', md5('referral ' || n)::uuid, ${partner}, ${at}, 0, 0, 0, 'pass', '[]',
       '{"subject": "conversion", "clickAgeSeconds": 600, "shared": {}, "ring": 1}'`,
    );
    for (const kind of ["mailbox", "device", "visitor", "payment"]) {
      const value = kind === "device" ? "case when n % 10 = 0 then n / 100 * 100 else n end" : "n";
      await insert(
        "fraud_signals (tenant_id, kind, value, at, subject_id, partner_id)",
        `$1::uuid, '${kind}', decode(md5('${kind} ' || ${value}), 'hex'), ${at}, md5('referral ' || n)::uuid, ${partner}`,
      );
    }
    await client.query("set session_replication_role = origin");
  });
