import { Client } from "pg";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { DAY_MS } from "../../src/kernel/clock.ts";
import { newId } from "../../src/kernel/id.ts";
import type { WholeApp } from "../kit/app.ts";
import { playJourney } from "../kit/journey.ts";
import { convert, fresh, fund, grant, must, ownBank, sale } from "../kit/journey-steps.ts";
import { asOwner, type ClonedDatabase, cloneDatabase } from "../kit/postgres.ts";
import { openTwoTenants, type Side, type TwoTenants } from "../kit/two-tenants.ts";
import { snapshot, type TenantTable, tenantTables } from "./tenant-tables.ts";

const INSUFFICIENT_PRIVILEGE = "42501";
/** A trigger's refusal, where it speaks before the policy does. */
const RESTRICT_VIOLATION = "23001";

let database: ClonedDatabase;
let tenants: TwoTenants;
let tables: TenantTable[];
/** The attacker's connection: the server's role, in a transaction of the other tenant. */
let attacker: Client;

beforeAll(async () => {
  database = await cloneDatabase();
  tenants = await openTwoTenants(database);
  const { world, ours, theirs } = tenants;
  for (const side of [ours, theirs]) await playJourney(tenants, side);
  for (const { name } of world.app.cron) await world.wake(name);
  for (const side of [ours, theirs]) await leaveWorkBehind(world, side);
  tables = await tenantTables(database);
  attacker = new Client({
    connectionString: database.serverUrl,
    options: "-c search_path=tributary,pg_temp -c role=tributary_server",
  });
  await attacker.connect();
  await attacker.query("begin");
  await attacker.query("select set_config('tributary.tenant_id', $1, true)", [tenants.theirs.tenantId]);
});
afterAll(async () => {
  await attacker?.end();
  await tenants?.[Symbol.asyncDispose]();
  await database?.drop();
});

/** Rows that a statement reached, or the SQLSTATE with which it was refused. The attacker's transaction goes on as it was. */
async function attack(statement: string, values: unknown[] = []): Promise<number | string> {
  await attacker.query("savepoint attack");
  try {
    return (await attacker.query(statement, values)).rowCount ?? 0;
  } catch (error) {
    return (error as { code: string }).code;
  } finally {
    await attacker.query("rollback to savepoint attack");
  }
}

/** A tenant that is under another has none under itself. */
const OF_PARENTS = ["sub_operator_contracts", "sub_operator_settlements", "sub_operator_shares", "sub_operators"];

describe("from another tenant's transaction", () => {
  it("rows stand in every table, of both", async () => {
    for (const side of [tenants.ours, tenants.theirs]) {
      const taken = await snapshot(database, side.tenantId);
      const empty = Object.keys(taken).filter((name) => taken[name]?.rows === 0);
      expect(empty.sort()).toEqual(side === tenants.theirs ? OF_PARENTS : []);
    }
  });

  it("no row is seen", async () => {
    const theirs = await snapshot(database, tenants.theirs.tenantId);
    for (const { name, tenantColumn } of tables) {
      const seen = `select 1 from ${name} where ${tenantColumn} = $1`;
      expect([name, await attack(seen, [tenants.ours.tenantId])]).toEqual([name, 0]);
      // Nor without naming the tenant: what is seen is what is theirs.
      expect([name, await attack(`select 1 from ${name}`)]).toEqual([name, theirs[name]?.rows]);
    }
  });

  it.each([
    [
      "changed",
      ({ name, tenantColumn }: TenantTable) =>
        `update ${name} set ${tenantColumn} = ${tenantColumn} where ${tenantColumn} = $1`,
    ],
    [
      "taken over",
      ({ name, tenantColumn }: TenantTable) =>
        `update ${name} set ${tenantColumn} = current_tenant_id() where ${tenantColumn} = $1`,
    ],
    ["deleted", ({ name, tenantColumn }: TenantTable) => `delete from ${name} where ${tenantColumn} = $1`],
    ["locked", ({ name, tenantColumn }: TenantTable) => `select from ${name} where ${tenantColumn} = $1 for update`],
  ])("no row is %s", async (_, statement) => {
    for (const table of tables) {
      const outcome = await attack(statement(table), [tenants.ours.tenantId]);
      expect([table.name, [0, INSUFFICIENT_PRIVILEGE].includes(outcome)]).toEqual([table.name, true]);
    }
  });

  it("no row is given to them", async () => {
    for (const { name, tenantColumn } of tables) {
      const handOver = `update ${name} set ${tenantColumn} = $1`;
      const outcome = await attack(handOver, [tenants.ours.tenantId]);
      expect([name, [INSUFFICIENT_PRIVILEGE, RESTRICT_VIOLATION].includes(String(outcome))]).toEqual([name, true]);
    }
  });

  it("no row is added to theirs, nor a copy of one", async () => {
    for (const { name, tenantColumn } of tables) {
      const [row] = await asOwner<{ whole: object }>(
        database,
        `select to_jsonb(t) as whole from ${name} t where ${tenantColumn} = $1 limit 1`,
        [tenants.ours.tenantId],
      );
      if (row === undefined) continue;
      // What the database reckons by itself nobody may write.
      const [{ columns } = { columns: "" }] = await asOwner<{ columns: string }>(
        database,
        `select string_agg(quote_ident(attname), ', ') as columns from pg_attribute
          where attrelid = $1::regclass and attnum > 0 and not attisdropped and attgenerated = ''`,
        [name],
      );
      const insert = `insert into ${name} (${columns}) overriding system value
        select ${columns} from jsonb_populate_record(null::${name}, $1::jsonb)`;
      expect([name, await attack(insert, [JSON.stringify(row.whole)])]).toEqual([name, INSUFFICIENT_PRIVILEGE]);
    }
  });
});

/** What jobs take away again: marks for the roll-up, and a message of a provider. */
async function leaveWorkBehind({ app }: WholeApp, side: Side): Promise<void> {
  await must(side, "PUT", "/api/v1/partners/notice-preferences", {
    auth: side.rival.auth,
    body: { preferences: [{ kind: "payout_completed", delivery: "weekly" }] },
  });
  await must(side, "DELETE", "/api/v1/admin/notice-templates/digest", { auth: side.operatorKey });
  await asOwner(
    database,
    `insert into notice_digests (tenant_id, id, user_id, rhythm, day, created_at)
     select tenant_id, $2, user_id, 'weekly', '2026-03-02', $3 from partners where tenant_id = $1 limit 1`,
    [side.tenantId, newId(), app.clock.now()],
  );
  // Only twins have any.
  await asOwner(
    database,
    "insert into test_mails (tenant_id, id, recipient, subject, body, html, sent_at) values ($1, $2, 'a@people.test', 'A', 'B', 'C', $3)",
    [side.tenantId, newId(), app.clock.now()],
  );
  await grant(side, side.partner.id);
  const { customer, referral } = await convert(side, side.partner);
  await must(side, "POST", "/api/v1/transactions", {
    auth: side.operatorKey,
    key: fresh("key"),
    body: sale(side, customer),
  });
  await must(side, "POST", `/api/v1/admin/referrals/${referral}/reattribute`, {
    auth: side.admin,
    key: fresh("key"),
    body: { partner: side.rival.id, reason: "For a test" },
  });
  const message = {
    source: "stripe_connect",
    externalId: side.tenantId,
    type: "account.updated",
    payload: {},
  } as const;
  await app.db.transaction(side.ctx(), (tx) => app.inbox.storeInboxEvent(tx, message));
  // A partner whose schedule has come to its day.
  const { auth, id } = side.rival;
  await must(side, "PUT", "/api/v1/partners/payouts/method", { auth, body: ownBank() });
  const weekly = { currency: "USD", every: "week", isEnabled: true };
  await must(side, "PUT", "/api/v1/partners/payouts/schedule", { auth, body: weekly });
  await fund(side, id, 100_000);
  const ctx = side.ctx();
  await app.payouts.runDueSchedules({ ...ctx, now: new Date(ctx.now.getTime() + 8 * DAY_MS) });
  await leavePeriods(side);
}

/** What only a year of work leaves: a settled period, and months under caps and a limit. */
async function leavePeriods({ tenantId, partner }: Side): Promise<void> {
  await asOwner(
    database,
    `insert into volume_periods (tenant_id, partner_id, period_start, period_end, terms_id, checked_number, checked_at)
     values ($1, $2, '2026-01-01', '2026-01-31', $3, 1, now())`,
    [tenantId, partner.id, newId()],
  );
  await asOwner(
    database,
    `insert into export_runs (tenant_id, schedule_id, period_start, period_end, status, begun_at, ended_at)
     select tenant_id, id, '2026-01-01', '2026-01-31', 'delivered', now(), now() from export_schedules where tenant_id = $1`,
    [tenantId],
  );
  await asOwner(
    database,
    `with cap as (insert into cap_standings (tenant_id, partner_id, cap, scope, currency, earned) values ($1, $2, 'month', '2026-01-01', 'USD', 1)),
          spent as (insert into spend_months (tenant_id, currency, month, spent) values ($1, 'USD', '2026-01-01', 1)),
          cut as (insert into spend_cuts (tenant_id, commission_id, partner_id, event_id, wanted, given, created_at) values ($1, $3, $2, $3, 2, 1, now()))
     insert into spend_limits (tenant_id, currency, monthly, updated_at) values ($1, 'USD', 1, now())`,
    [tenantId, partner.id, newId()],
  );
  await asOwner(
    database,
    `with raised as (insert into card_links (tenant_id, program_id, token, preceding_token, recorded_at)
                     select tenant_id, id, 'raise', 'purchase', now() from card_programs where tenant_id = $1)
     insert into fraud_case_partners (tenant_id, case_id, partner_id, referral_id, since)
     select tenant_id, id, $2, $3, now() from fraud_cases where tenant_id = $1`,
    [tenantId, partner.id, newId()],
  );
}
