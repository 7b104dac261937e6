import { createHash } from "node:crypto";
import { type RawBuilder, sql } from "kysely";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { asOwner, type ClonedDatabase, cloneDatabase } from "../../test/kit/postgres.ts";
import { openTwoTenants, type TwoTenants } from "../../test/kit/two-tenants.ts";
import type { ReadTx } from "../platform/database/index.ts";
import { establishedBy } from "./account-repository.ts";
import { waitsBy } from "./case-partner-repository.ts";
import { selectCases } from "./case-repository.ts";
import { judgedOf } from "./fraud-personal-data.ts";

const ROWS = 20_000;
/** As many cases, accounts and conversions has each partner, but the last, who has the rest. */
const OWN = 5;

let database: ClonedDatabase;
let tenants: TwoTenants;
/** A partner with few cases among those of others, and one of its referrals. */
let partnerId: string;
let referralId: string;

beforeAll(async () => {
  database = await cloneDatabase();
  tenants = await openTwoTenants(database);
  const { tenantId } = tenants.ours;
  const many = `generate_series(1, ${ROWS}) n`;
  const id = (what: string) => `md5('${what} ' || n)::uuid`;
  // A partner of every five rows; keys to other tables are nobody's here.
  const partner = `md5('partner ' || (n / ${OWN}))::uuid`;
  await asOwner(
    database,
    `begin;
     set local session_replication_role = replica;
     insert into fraud_evaluations (tenant_id, id, subject_kind, subject_id, partner_id, evaluated_at, version, score, shadow_score, verdict, findings, facts)
     select '${tenantId}', ${id("evaluation")}, 'conversion', ${id("referral")}, ${partner}, now(), 1, 50, 50, 'hold', '[]', '{}' from ${many};
     insert into fraud_cases (tenant_id, id, evaluation_id, subject_kind, subject_id, partner_id, score, is_held, opened_at)
     select '${tenantId}', ${id("case")}, ${id("evaluation")}, 'referral', ${id("referral")}, ${partner}, 50, true, now() from ${many};
     insert into fraud_case_partners (tenant_id, case_id, partner_id, referral_id, since)
     select '${tenantId}', ${id("case")}, md5('partner ' || ((n + 1000) / ${OWN}))::uuid, ${id("there")}, now() from ${many};
     insert into fraud_accounts (tenant_id, value, partner_id, since, is_current)
     select '${tenantId}', decode(md5('account ' || n), 'hex'), ${partner}, now(), n % 2 = 0 from ${many};
     commit`,
  );
  await asOwner(database, "analyze fraud_evaluations, fraud_cases, fraud_case_partners, fraud_accounts");
  const [row] = await asOwner<{ partner: string; referral: string }>(
    database,
    `select md5('partner 2000')::uuid as partner, md5('referral ${2_000 * OWN}')::uuid as referral`,
  );
  [partnerId, referralId] = [String(row?.partner), String(row?.referral)];
});
afterAll(async () => {
  await tenants?.[Symbol.asyncDispose]();
  await database?.drop();
});

type Node = { "Actual Rows": number; "Actual Loops": number; "Rows Removed by Filter"?: number; Plans?: Node[] };
/** Rows that were looked at, wherever in the plan. */
const looked = (node: Node): number =>
  (node["Actual Rows"] + (node["Rows Removed by Filter"] ?? 0)) * node["Actual Loops"] +
  (node.Plans ?? []).reduce((sum, one) => sum + looked(one), 0);
const lookedAtBy = (of: (tx: ReadTx) => RawBuilder<unknown>): Promise<{ found: number; looked: number }> =>
  tenants.ours.app.db.read(tenants.ours.ctx(), async (tx) => {
    const { rows } = await sql<{ "QUERY PLAN": [{ Plan: Node }] }>`explain (analyze, format json) ${of(tx)}`.execute(
      tx,
    );
    const plan = rows[0]?.["QUERY PLAN"][0].Plan;
    return { found: plan?.["Actual Rows"] ?? 0, looked: plan ? looked(plan) : Number.POSITIVE_INFINITY };
  });
const casesBy = (of: (tx: ReadTx) => RawBuilder<boolean>) => (tx: ReadTx) =>
  sql`${selectCases(tx).where(of(tx)).orderBy("opened_at", "desc").orderBy("id", "desc").limit(51)}`;

describe("of twenty thousand cases", () => {
  it("a partner's own are read, and those beside which it waits", async () => {
    const read = await lookedAtBy(casesBy((tx) => waitsBy(tx, { partnerId })));
    expect(read.found).toBe(2 * OWN);
    expect(read.looked).toBeLessThan(200);
  });

  it("that of a partner's referral is read", async () => {
    const read = await lookedAtBy(casesBy((tx) => waitsBy(tx, { partnerId, subjectId: referralId })));
    expect(read.found).toBe(1);
    expect(read.looked).toBeLessThan(50);
  });

  it("what concerns one person is read when it is given or erased", async () => {
    const read = await lookedAtBy(
      (tx) => sql`select e.id from fraud_evaluations e
                   where e.tenant_id = ${tx.ctx.tenantId} and e.id in (${judgedOf(tx, { referralIds: [referralId], partnerId })})`,
    );
    expect(read.found).toBe(2 * OWN);
    expect(read.looked).toBeLessThan(200);
    const accounts = await lookedAtBy(
      (tx) => sql`select from fraud_accounts where tenant_id = ${tx.ctx.tenantId} and partner_id = ${partnerId}`,
    );
    expect(accounts.found).toBe(OWN);
    expect(accounts.looked).toBeLessThan(50);
  });

  it("whose else the accounts of ten payouts are is read by the accounts alone", async () => {
    const asked = Array.from({ length: 10 }, (_, n) => ({
      partnerId,
      value: createHash("md5")
        .update(`account ${n + 1}`)
        .digest(),
    }));
    const read = await lookedAtBy((tx) => establishedBy(tx, asked));
    expect(read.looked).toBeLessThan(200);
  });
});
