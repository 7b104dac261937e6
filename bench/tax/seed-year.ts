import type { Client } from "pg";
import { newId } from "../../server/src/kernel/id.ts";
import { sealForm } from "../../server/src/tax/form-content.ts";
import type { TaxDeps } from "../../server/src/tax/tax-deps.ts";
import type { BenchDatabase } from "../kit/cluster.ts";

const FORMS_AT_ONCE = 1_000;
const CERTIFICATION = "w9-2024-03";

/** Partners with a signed W-9 each, two transfers in the year, past what a payout writes: nothing here is measured. */
export async function seedYear(
  database: BenchDatabase,
  deps: Pick<TaxDeps, "envelope" | "indexKey">,
  of: { readonly tenantId: string; readonly partners: number; readonly year: number },
): Promise<void> {
  await database.asSuperuser(async (client) => {
    await client.query("set session_replication_role = replica");
    await insertPartners(client, of);
    const { rows } = await client.query<{ id: string; user_id: string }>(
      "select id, user_id from partners where tenant_id = $1 order by id",
      [of.tenantId],
    );
    for (let start = 0; start < rows.length; start += FORMS_AT_ONCE)
      await insertForms(client, deps, of, rows.slice(start, start + FORMS_AT_ONCE), start);
    await client.query(
      `insert into tax_payments (tenant_id, id, payout_id, act, partner_id, paid_at, method, currency, amount, withheld, recorded_at)
       select p.tenant_id, gen_random_uuid(), gen_random_uuid(), 'paid', p.id, make_timestamptz($2, t.month, 15, 12, 0, 0, 'UTC'), 'bank_file', 'USD',
              150000, 0, make_timestamptz($2, t.month, 15, 12, 0, 0, 'UTC')
         from partners p, (values (3), (9)) as t (month)
        where p.tenant_id = $1`,
      [of.tenantId, of.year],
    );
    await client.query("set session_replication_role = origin");
  });
  await database.analyze();
}

async function insertPartners(
  client: Client,
  { tenantId, partners, year }: { readonly tenantId: string; readonly partners: number; readonly year: number },
): Promise<void> {
  await client.query(
    `with people as (
       insert into users (tenant_id, id, role, email, created_at, updated_at)
       select $1::uuid, gen_random_uuid(), 'partner', 'partner-' || n || '@example.com', make_timestamptz($3, 1, 1, 0, 0, 0, 'UTC'),
              make_timestamptz($3, 1, 1, 0, 0, 0, 'UTC')
         from generate_series(1, $2::int) as n
       returning id, email, created_at
     )
     insert into partners (tenant_id, id, program_id, user_id, partner_type, tier, referral_code, status, joined_at, created_at, updated_at)
     select $1::uuid, gen_random_uuid(), (select id from programs where tenant_id = $1::uuid), u.id, 'affiliate', 'tier1',
            split_part(u.email, '@', 1), 'active', u.created_at, u.created_at, u.created_at
       from people u`,
    [tenantId, partners, year],
  );
}

async function insertForms(
  client: Client,
  deps: Pick<TaxDeps, "envelope" | "indexKey">,
  { tenantId, year }: { readonly tenantId: string; readonly year: number },
  partners: readonly { readonly id: string; readonly user_id: string }[],
  start: number,
): Promise<void> {
  const at = `${year}-01-02T00:00:00.000Z`;
  const forms = partners.map(({ id: partnerId, user_id }, index) => {
    const id = newId();
    const number = start + index;
    const sealed = sealForm(
      deps,
      {
        kind: "w9",
        name: `Partner Number ${number}`,
        classification: "individual",
        address: { line1: `${number} Main St`, city: "Austin", region: "TX", postalCode: "78701", country: "US" },
        tinType: "ssn",
        tin: `1${String(number).padStart(6, "0")}11`,
        isSubjectToWithholding: false,
        signature: { name: `Partner Number ${number}`, at, ip: "203.0.113.9" },
      },
      { tenantId, id, certification: CERTIFICATION },
    );
    return { id, partnerId, user_id, ...sealed };
  });
  const column = <Name extends keyof (typeof forms)[number]>(name: Name) => forms.map((form) => form[name]);
  await client.query(
    `insert into tax_forms (tenant_id, id, partner_id, version, kind, is_exempt, is_subject_to_withholding, country, tin_type, tin_last4,
            tin_index, identity_index, content_index, certification, signed_at, signed_by, data_key_sealed, content_sealed)
     select $1, f.id, f.partner_id, 1, 'w9', false, false, 'US', 'ssn', f.last4, f.tin_index, f.identity_index, f.content_index, $2, $3, f.user_id,
            f.key, f.content
       from unnest($4::uuid[], $5::uuid[], $6::uuid[], $7::text[], $8::bytea[], $9::bytea[], $10::bytea[], $11::bytea[], $12::bytea[])
         as f (id, partner_id, user_id, last4, tin_index, identity_index, content_index, key, content)`,
    [
      tenantId,
      CERTIFICATION,
      at,
      column("id"),
      column("partnerId"),
      column("user_id"),
      column("tin_last4"),
      column("tin_index"),
      column("identity_index"),
      column("content_index"),
      column("data_key_sealed"),
      column("content_sealed"),
    ],
  );
}
