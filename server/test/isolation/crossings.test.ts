import { Client, type ClientConfig } from "pg";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { newId } from "../../src/kernel/id.ts";
import { asOwner, type ClonedDatabase, cloneDatabase } from "../kit/postgres.ts";
import { seedPartner, seedTenant } from "../kit/seed.ts";
import { addDelivery } from "./add-delivery.ts";
import { addApiKey, addDomains, addEvent, addLink, addSession } from "./add-rows.ts";
import { dueTenantAttacks } from "./due-tenant-attacks.ts";
import { subOperatorAttacks } from "./sub-operator-attacks.ts";
import { twinAttacks } from "./twin-attacks.ts";

const AT = new Date("2026-03-01T12:00:00Z");
const INSUFFICIENT_PRIVILEGE = "42501";
const UNIQUE_VIOLATION = "23505";

let database: ClonedDatabase;
/** Two tenants with a partner each; whoever attacks is in `ours`. */
let ours: { tenantId: string; partnerId: string };
let theirs: typeof ours;
beforeAll(async () => {
  database = await cloneDatabase();
  const [one, two] = [
    await seedTenant(database, { at: AT }),
    await seedTenant(database, { at: AT, isOperator: false }),
  ];
  ours = { tenantId: one, partnerId: await seedPartner(database, { tenantId: one, at: AT }) };
  theirs = { tenantId: two, partnerId: await seedPartner(database, { tenantId: two, at: AT }) };
});
afterAll(() => database?.drop());

async function connected<Result>(options: string, work: (client: Client) => Promise<Result>): Promise<Result> {
  const config: ClientConfig = { connectionString: database.serverUrl, options };
  const client = new Client(config);
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}

/** Statements as the server's role, in one transaction of a tenant; the rows of the last, or the SQLSTATE of what was refused. */
const asServer = (tenantId: string | null, ...statements: [text: string, values?: unknown[]][]) =>
  connected("-c search_path=tributary,pg_temp -c role=tributary_server", async (client) => {
    await client.query("begin");
    if (tenantId !== null) await client.query("select set_config('tributary.tenant_id', $1, true)", [tenantId]);
    try {
      let rows: Record<string, unknown>[] = [];
      for (const [text, values] of statements) rows = (await client.query(text, values)).rows;
      await client.query("commit");
      return rows;
    } catch (error) {
      return (error as { code: string }).code;
    }
  });

/** Each function that runs as the owner, with the attack on it. One that is missing here is found. */
const ATTACKS: Readonly<Record<string, () => Promise<void>>> = {
  tenant_for_host: async () => {
    const rows = await asServer(null, ["select * from tenant_for_host($1)", [`${theirs.tenantId}.test' or true --`]]);
    expect(rows).toMatchObject([{ id: ours.tenantId }]);
    expect(await asServer(null, ["select * from tenant_for_host('%')"])).toHaveLength(1);
    expect(await asServer(null, ["select * from tenant_for_host(null)"])).toMatchObject([{ id: ours.tenantId }]);
  },

  domain_holder: async () => {
    await addDomains(database, theirs.tenantId, ["active", "pending"], AT);
    const ask = (domain: string | null) => asServer(ours.tenantId, ["select * from domain_holder($1)", [domain]]);
    expect(await ask("active.acme.com")).toEqual([{ tenant_id: theirs.tenantId }]);
    for (const guess of ["pending.acme.com", "%", "", "acme.com", null]) expect(await ask(guess)).toEqual([]);
  },

  list_tenants: async () => {
    const rows = await asServer(ours.tenantId, ["select * from list_tenants()"]);
    expect(Object.keys((rows as object[])[0] ?? {})).toEqual(["id", "mode", "status", "clock_offset_ms"]);
  },

  create_operator: async () => {
    const made = await asServer(null, ["select * from create_operator($1, 'Usurper', $2)", [newId(), AT]]);
    expect(made).toEqual([{ id: ours.tenantId, is_new: false }]);
    const again = await asServer(null, ["select * from create_operator($1, 'Usurper', $2)", [theirs.tenantId, AT]]);
    expect(again).toEqual([{ id: ours.tenantId, is_new: false }]);
    expect(await asOwner(database, "select id from tenants where name = 'Usurper'")).toEqual([]);
  },

  find_session: async () => {
    const sessionId = await addSession(database, theirs, AT);
    const ask = (tenantId: string | null) =>
      asServer(ours.tenantId, ["select * from find_session($1, $2)", [tenantId, sessionId]]);
    expect(await ask(ours.tenantId)).toEqual([]);
    expect(await ask(null)).toEqual([]);
    const [found] = (await ask(theirs.tenantId)) as object[];
    expect(Object.keys(found ?? {})).toEqual([
      "user_id",
      "role",
      "user_status",
      "expires_at",
      "revoked_at",
      "partner_id",
      "partner_tier",
      "team_role",
      "proven_at",
      "factor_due_at",
    ]);
  },

  caller_states: async () => {
    const asked = [
      await addSession(database, theirs, AT),
      await addApiKey(database, theirs, { apiKey: "listens", at: AT }),
    ];
    const ask = (tenantId: string) =>
      asServer(ours.tenantId, ["select * from caller_states($1, $2)", [[tenantId, tenantId], asked]]);
    // By their ids under another tenant they are nobody's; and it says when they end, and no word about whose they are.
    expect(await ask(ours.tenantId)).toEqual([]);
    const found = (await ask(theirs.tenantId)) as object[];
    expect(found.map((row) => Object.keys(row))).toEqual([
      ["id", "state", "expires_at"],
      ["id", "state", "expires_at"],
    ]);
  },

  find_api_key: async () => {
    await addApiKey(database, theirs, { apiKey: "key_theirs", at: AT });
    for (const guess of ["", "%", "key_their_", "key_theirs' --", null])
      expect(await asServer(ours.tenantId, ["select * from find_api_key($1)", [guess]])).toEqual([]);
    expect(await asServer(ours.tenantId, ["select tenant_id from find_api_key('key_theirs')"])).toEqual([
      { tenant_id: theirs.tenantId },
    ]);
  },

  find_link: async () => {
    await addLink(database, theirs, { code: "theirs", at: AT });
    expect(await asServer(ours.tenantId, ["select * from find_link($1, 'theirs')", [ours.tenantId]])).toEqual([]);
    expect(await asServer(ours.tenantId, ["select * from find_link(null, 'theirs')"])).toEqual([]);
    expect(await asServer(ours.tenantId, ["select * from find_link($1, '%')", [theirs.tenantId]])).toEqual([]);
  },

  insert_clicks: async () => {
    const id = newId();
    const click = (partnerId: string): [string, unknown[]] => [
      `select insert_clicks(array[$1]::uuid[], array[$2]::uuid[], array[$3]::uuid[], array[$3]::uuid[], array[$4]::timestamptz[],
         array[null]::uuid[], array[null]::text[], array[false], array[null]::inet[], array[null]::text[], array[null]::text[],
         array[null]::text[], array['{}']::jsonb[], array[null]::text[], array['unknown']::text[])`,
      [theirs.tenantId, id, partnerId, AT],
    ];
    await asServer(null, click(theirs.partnerId));
    // It adds; what is there it neither changes nor gives away.
    expect(await asServer(ours.tenantId, click(ours.partnerId))).toBe(UNIQUE_VIOLATION);
    expect(await asServer(ours.tenantId, ["select id from clicks"])).toEqual([]);
    expect(await asOwner(database, "select partner_id from clicks where id = $1", [id])).toEqual([
      { partner_id: theirs.partnerId },
    ]);
  },

  claim_outbox_events: async () => {
    await addEvent(database, theirs.tenantId, AT);
    // The dispatcher sees every tenant's events; it cannot change one, nor hide one from the others.
    const update = "update outbox_events set data = '{}'";
    expect(await asServer(ours.tenantId, [update])).toBe(INSUFFICIENT_PRIVILEGE);
    await asServer(ours.tenantId, ["select * from claim_outbox_events(10, $1)", [AT]]);
    expect(await asServer(ours.tenantId, ["select * from claim_outbox_events(10, $1)", [AT]])).toHaveLength(1);
    expect(await asServer(ours.tenantId, ["select * from claim_outbox_events(-1, $1)", [AT]])).toBe("2201W");
  },

  settle_outbox_events: async () => {
    const position = await addEvent(database, theirs.tenantId, AT);
    await asServer(null, ["select settle_outbox_events(array[$1]::bigint[], $2)", [position, AT]]);
    await asServer(null, ["select settle_outbox_events(array[$1]::bigint[], null)", [position]]);
    // Once told, always told: nothing here brings an event back, or makes it other than it was.
    expect(
      await asOwner(database, "select dispatched_at, data from outbox_events where position = $1", [position]),
    ).toEqual([{ dispatched_at: AT, data: {} }]);
  },

  postpone_outbox_event: async () => {
    const position = await addEvent(database, theirs.tenantId, AT);
    await asServer(null, ["select settle_outbox_events(array[$1]::bigint[], $2)", [position, AT]]);
    await asServer(null, ["select postpone_outbox_event($1, 'no', $2, $2)", [position, AT]]);
    await asServer(null, ["select postpone_outbox_event(null, 'no', null, null)"]);
    // What was told stays told, and nothing is changed but whether and when it is told.
    expect(
      await asOwner(
        database,
        "select dispatched_at, attempts, last_error, given_up_at, data from outbox_events where position = $1",
        [position],
      ),
    ).toEqual([{ dispatched_at: AT, attempts: 0, last_error: null, given_up_at: null, data: {} }]);
  },

  retry_outbox_events: async () => {
    const told = await addEvent(database, theirs.tenantId, AT);
    await asServer(null, ["select settle_outbox_events(array[$1]::bigint[], $2)", [told, AT]]);
    expect(await asServer(ours.tenantId, ["select retry_outbox_events() as count"])).toEqual([{ count: "0" }]);
    expect(await asOwner(database, "select dispatched_at from outbox_events where position = $1", [told])).toEqual([
      { dispatched_at: AT },
    ]);
  },

  forget_outbox_events: async () => {
    const [told, untold, ofOthers] = [
      await addEvent(database, ours.tenantId, AT),
      await addEvent(database, ours.tenantId, AT),
      await addEvent(database, theirs.tenantId, AT),
    ];
    await asServer(null, ["select settle_outbox_events(array[$1, $2]::bigint[], $3)", [told, ofOthers, AT]]);
    const forget: [string] = ["select forget_outbox_events('infinity', 1000) as count"];
    expect(await asServer(null, forget)).toEqual([{ count: "0" }]);
    expect(await asServer(ours.tenantId, forget)).toEqual([{ count: "1" }]);
    // Neither what was not told, nor anything of another tenant.
    const left = await asOwner<{ position: string }>(
      database,
      "select position from outbox_events where position = any ($1) order by position",
      [[told, untold, ofOthers]],
    );
    expect(left.map(({ position }) => position)).toEqual([untold, ofOthers]);
  },

  outbox_figures: async () => {
    const [figures] = (await asServer(ours.tenantId, ["select * from outbox_figures()"])) as object[];
    expect(Object.keys(figures ?? {})).toEqual(["waiting", "given_up", "oldest"]);
  },

  job_run_figures: async () => {
    await asOwner(
      database,
      "insert into job_runs (tenant_id, name, run_id, started_at, error) values ($1, 'test.work', $2, $3, 'test.failed')",
      [theirs.tenantId, newId(), AT],
    );
    const [figures] = (await asServer(ours.tenantId, ["select * from job_run_figures()"])) as object[];
    // Neither whose they are, nor what went wrong there.
    expect(Object.keys(figures ?? {})).toEqual(["name", "succeeded_at", "duration_ms", "failures"]);
    expect(await asServer(ours.tenantId, ["select * from job_runs"])).toEqual([]);
  },

  lease_webhook_endpoints: async () => {
    // The worker's: it lends endpoints of every tenant, only where something is due, to one at a time. Secrets that it hands out are sealed.
    const { endpoint } = await addDelivery(database, theirs.tenantId, AT);
    const lease = (at: string | null, worker = newId()): [string, unknown[]] => [
      "select * from lease_webhook_endpoints($1, '2026-03-01T13:00:00Z', $2, 100)",
      [at, worker],
    ];
    expect(await asServer(ours.tenantId, lease("2026-03-01T11:59:59Z"))).toEqual([]);
    expect(await asServer(ours.tenantId, lease(null))).toEqual([]);
    expect(await asServer(ours.tenantId, lease("2026-03-01T12:00:00Z"))).toMatchObject([
      { id: endpoint, tenant_id: theirs.tenantId, secret_encrypted: Buffer.from("sealed") },
    ]);
    expect(await asServer(ours.tenantId, lease("2026-03-01T12:59:59Z"))).toEqual([]);
  },

  due_webhook_deliveries: async () => {
    // The worker's: it reads for an endpoint that it was lent, and for no other.
    const { delivery, endpoint } = await addDelivery(database, theirs.tenantId, AT);
    const lease = newId();
    await asOwner(database, "update partner_webhooks set leased_by = $2 where id = $1", [endpoint, lease]);
    const due = (tenantId: string, of: string | null): [string, unknown[]] => [
      "select * from due_webhook_deliveries($1, $2, array[$3]::uuid[], array[$4]::uuid[], array[9], '{}', 9)",
      [AT, of, tenantId, endpoint],
    ];
    expect(await asServer(ours.tenantId, due(theirs.tenantId, newId()))).toEqual([]);
    expect(await asServer(ours.tenantId, due(theirs.tenantId, null))).toEqual([]);
    expect(await asServer(ours.tenantId, due(ours.tenantId, lease))).toEqual([]);
    expect(await asServer(ours.tenantId, due(theirs.tenantId, lease))).toMatchObject([{ id: delivery }]);
  },

  release_webhook_endpoints: async () => {
    const { endpoint } = await addDelivery(database, theirs.tenantId, AT);
    const lease = newId();
    await asOwner(database, "update partner_webhooks set leased_by = $2 where id = $1", [endpoint, lease]);
    const release = (of: string | null): [string, unknown[]] => ["select release_webhook_endpoints($1)", [of]];
    const lent = () => asOwner(database, "select leased_by from partner_webhooks where id = $1", [endpoint]);
    // Nothing is given back by who was not lent it.
    await asServer(ours.tenantId, release(newId()));
    await asServer(ours.tenantId, release(null));
    expect(await lent()).toEqual([{ leased_by: lease }]);
    await asServer(ours.tenantId, release(lease));
    expect(await lent()).toEqual([{ leased_by: null }]);
  },

  settle_webhook_attempts: async () => {
    const { delivery, endpoint } = await addDelivery(database, theirs.tenantId, AT);
    const lease = newId();
    await asOwner(database, "update partner_webhooks set leased_by = $2 where id = $1", [endpoint, lease]);
    const settle = (tenantId: string, of: string | null): [string, unknown[]] => [
      `select settle_webhook_attempts($4, $5, array[$1]::uuid[], array[$3]::uuid[], array['https://evil.test/'], array[1], array[$2]::uuid[], array[1],
         array[$4]::timestamptz[], array[1], array['v1,'], array[200], array[null]::text[], array[null]::text[], array[null]::text[], array['delivered'], array[null]::timestamptz[], array['infinity']::timestamptz[])`,
      [tenantId, delivery, endpoint, AT, of],
    ];
    // Nothing is moved by who was not lent it, nor by who names another tenant.
    await asServer(ours.tenantId, settle(theirs.tenantId, newId()));
    await asServer(ours.tenantId, settle(theirs.tenantId, null));
    await asServer(ours.tenantId, settle(ours.tenantId, lease));
    expect(await asOwner(database, "select status from webhook_deliveries where id = $1", [delivery])).toEqual([
      { status: "waiting" },
    ]);
    expect(
      await asOwner(database, "select throttled_until, last_triggered_at from partner_webhooks where id = $1", [
        endpoint,
      ]),
    ).toEqual([{ throttled_until: null, last_triggered_at: null }]);
  },

  ledger_lock_accounts: async () => {
    await openAccount(theirs);
    await connected("-c search_path=tributary,pg_temp -c role=tributary_server", async (holder) => {
      await holder.query("begin");
      await holder.query("select set_config('tributary.tenant_id', $1, true)", [ours.tenantId]);
      await holder.query("select ledger_lock_accounts(array[$1]::uuid[], '{USD}', '{available}')", [theirs.partnerId]);
      // While the attacker's transaction is open, the owner of the accounts is not kept waiting.
      await asOwner(database, "select from ledger_accounts where partner_id = $1 for update nowait", [
        theirs.partnerId,
      ]);
      await holder.query("rollback");
    });
  },
  ...subOperatorAttacks(() => ({ database, ours, theirs, asServer })),
  ...dueTenantAttacks(() => ({ database, ours, theirs, asServer })),
  ...twinAttacks(() => ({ database, ours, theirs, asServer })),

  ledger_apply_postings: () =>
    isNoTriggerOfOthers(
      "ledger_apply_postings",
      "after insert on forged referencing new table as posted for each statement",
    ),
  ...Object.fromEntries(
    ["touch_clicks", "touch_transactions", "touch_commissions", "touch_referrals"].map((name) => [
      name,
      () => isNoTriggerOfOthers(name, "after insert on forged referencing new table as inserted for each statement"),
    ]),
  ),
  touch_changed_transaction: () =>
    isNoTriggerOfOthers("touch_changed_transaction", "after update on forged for each row"),
  touch_changed_commission: () =>
    isNoTriggerOfOthers("touch_changed_commission", "after update on forged for each row"),
  touch_changed_referral: () => isNoTriggerOfOthers("touch_changed_referral", "after update on forged for each row"),
};

describe("a function that runs as the owner", () => {
  const definers = () =>
    asOwner<{ name: string; config: string[] | null; is_public: boolean; grantees: string[] }>(
      database,
      `select p.proname as name, p.proconfig as config,
              exists (select from aclexplode(coalesce(p.proacl, acldefault('f', p.proowner))) a where a.grantee = 0) as is_public,
              array(select a.grantee::regrole::text from aclexplode(coalesce(p.proacl, acldefault('f', p.proowner))) a
                     where a.grantee not in (0, p.proowner)) as grantees
         from pg_proc p join pg_namespace n on n.oid = p.pronamespace
        where p.prosecdef and n.nspname in ('tributary', 'tributary_jobs') order by 1`,
    );

  it("has its attack here, each by name", async () => {
    expect((await definers()).map(({ name }) => name)).toEqual(Object.keys(ATTACKS).sort());
  });

  it("finds what it names in our schema, whatever the caller's path is", async () => {
    for (const { name, config } of await definers())
      expect([name, config]).toEqual([name, expect.arrayContaining(["search_path=tributary, pg_temp"])]);
  });

  it("is executed by the server alone, and a trigger's by nobody", async () => {
    for (const { name, is_public, grantees } of await definers()) {
      const isTrigger = name.startsWith("touch_") || name === "ledger_apply_postings";
      expect([name, is_public, grantees]).toEqual([name, false, isTrigger ? [] : ["tributary_server"]]);
    }
  });

  it.each(Object.entries(ATTACKS))("answers no more than it is for: %s", async (_, attack) => {
    await expect(attack()).resolves.toBeUndefined();
  });
});

describe("a transaction without a tenant", () => {
  it.each(["", "null", "00000000-0000-0000-0000-000000000000"])(
    "or with %j for one sees nobody's rows",
    async (tenant) => {
      const read = ["select id from partners union all select id from tenants"] as [string];
      const rows = await asServer(null, ["select set_config('tributary.tenant_id', $1, true)", [tenant]], read);
      expect(["22P02", "[]"]).toContain(typeof rows === "string" ? rows : JSON.stringify(rows));
    },
  );
});

/** Hanging the function on a table of one's own making would run it, as the owner, on rows that one makes up. */
async function isNoTriggerOfOthers(name: string, when: string): Promise<void> {
  const made = await asServer(
    ours.tenantId,
    ["create temporary table forged (like tributary.clicks)"],
    [`create trigger forge ${when} execute function tributary.${name}()`],
  );
  expect(made).toBe(INSUFFICIENT_PRIVILEGE);
}

async function openAccount({ tenantId, partnerId }: typeof ours): Promise<void> {
  await asOwner(
    database,
    `insert into ledger_accounts (tenant_id, partner_id, currency, kind)
     values ($1, $2, 'USD', (select kind from ledger_account_kinds order by kind limit 1)) on conflict do nothing`,
    [tenantId, partnerId],
  );
}
