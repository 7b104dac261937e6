import { Client } from "pg";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { asOwner, type ClonedDatabase, cloneDatabase } from "../kit/postgres.ts";
import { OPEN_TABLES, PRIVILEGES } from "./privileges.ts";

let database: ClonedDatabase;
beforeAll(async () => {
  database = await cloneDatabase();
});
afterAll(() => database?.drop());

type TableWall = { name: string; has_security: boolean; policies: string | null };

/** Every table of ours and the queue's, with what stands between tenants. */
const walls = () =>
  asOwner<TableWall>(
    database,
    `select n.nspname || '.' || c.relname as name, c.relrowsecurity as has_security,
            string_agg(p.polname || ': ' || coalesce(pg_get_expr(p.polqual, p.polrelid), '-') || ' / '
                       || coalesce(pg_get_expr(p.polwithcheck, p.polrelid), '-'), '; ' order by p.polname)
              filter (where p.polpermissive) as policies
       from pg_class c
       join pg_namespace n on n.oid = c.relnamespace
       left join pg_policy p on p.polrelid = c.oid
      where n.nspname in ('tributary', 'tributary_jobs') and c.relkind in ('r', 'p', 'f', 'm')
      group by 1, 2 order by 1`,
  );

const IS_OURS = "(tenant_id = ( SELECT current_tenant_id() AS current_tenant_id))";
const TENANT_POLICY = `tenant_isolation: ${IS_OURS} / ${IS_OURS}`;

/** Tables that do not stand behind the tenant policy, by name. */
const outside = async () =>
  (await walls())
    .filter(({ has_security, policies }) => !has_security || policies !== TENANT_POLICY)
    .map(({ name }) => name);

describe("every table", () => {
  it("stands behind the tenant policy, but for those that are named", async () => {
    expect(await outside()).toEqual(Object.keys(OPEN_TABLES).sort());
  });

  it.each([
    ["no security", "create table tributary.planted (tenant_id uuid)"],
    [
      "no policy",
      "create table tributary.planted (tenant_id uuid); alter table tributary.planted enable row level security",
    ],
    [
      "a second policy that is open",
      `create table tributary.planted (tenant_id uuid); select tributary.isolate('planted', 'select');
       create policy everything on tributary.planted to tributary_server using (true)`,
    ],
    [
      "another policy",
      `create table tributary.planted (tenant_id uuid); alter table tributary.planted enable row level security;
       create policy tenant_isolation on tributary.planted to tributary_server using (tenant_id is not null)`,
    ],
  ])("that has %s is found", async (_, statement) => {
    await asOwner(database, statement);
    expect(await outside()).toContain("tributary.planted");
    await asOwner(database, "drop table tributary.planted");
  });

  it("begins its key with the tenant", async () => {
    const keys = await asOwner<{ name: string; first: string | null }>(
      database,
      `select n.nspname || '.' || c.relname as name, a.attname as first
         from pg_class c
         join pg_namespace n on n.oid = c.relnamespace
         left join pg_constraint k on k.conrelid = c.oid and k.contype = 'p'
         left join pg_attribute a on a.attrelid = c.oid and a.attnum = k.conkey[1]
        where n.nspname = 'tributary' and c.relkind in ('r', 'p') order by 1`,
    );
    const others = keys.filter(({ first }) => first !== "tenant_id").map(({ name }) => name);
    expect(others).toEqual(
      Object.keys(OPEN_TABLES)
        .filter((name) => name.startsWith("tributary."))
        .sort(),
    );
  });

  it("has no view over it, which would look past its policy", async () => {
    const views = await asOwner(
      database,
      "select schemaname, viewname from pg_views where schemaname = 'tributary' union all select schemaname, matviewname from pg_matviews where schemaname = 'tributary'",
    );
    expect(views).toEqual([]);
  });
});

describe("the server's role", () => {
  it("is nothing but itself: it cannot sign in, bypass a policy, make roles or databases, and belongs to no other role", async () => {
    const [role] = await asOwner(
      database,
      `select rolsuper, rolbypassrls, rolcreaterole, rolcreatedb, rolreplication, rolcanlogin,
              (select count(*)::int from pg_auth_members where member = r.oid) as memberships
         from pg_roles r where rolname = 'tributary_server'`,
    );
    expect(role).toEqual({
      rolsuper: false,
      rolbypassrls: false,
      rolcreaterole: false,
      rolcreatedb: false,
      rolreplication: false,
      rolcanlogin: false,
      memberships: 0,
    });
  });

  it("owns nothing", async () => {
    const owned = await asOwner(
      database,
      `select classid::regclass::text, objid from pg_shdepend
        where refobjid = 'tributary_server'::regrole and deptype = 'o'
          and dbid in (0, (select oid from pg_database where datname = current_database()))`,
    );
    expect(owned).toEqual([]);
  });

  it("makes nothing in the schemas", async () => {
    const [may] = await asOwner(
      database,
      `select has_schema_privilege('tributary_server', 'tributary', 'create') as ours,
              has_schema_privilege('tributary_server', 'tributary_jobs', 'create') as queue,
              has_schema_privilege('tributary_server', 'public', 'create') as public`,
    );
    expect(may).toEqual({ ours: false, queue: false, public: false });
  });

  it("has the privileges that are written down, and no other", async () => {
    expect(await privileges()).toEqual(PRIVILEGES);
  });

  it("passes none of them on", async () => {
    const grantable = await asOwner(
      database,
      "select table_name from information_schema.role_table_grants where grantee = 'tributary_server' and is_grantable = 'YES'",
    );
    expect(grantable).toEqual([]);
  });
});

describe("nobody else", () => {
  it("may do anything with the tables", async () => {
    const others = await asOwner(
      database,
      `select table_schema, table_name, grantee from information_schema.role_table_grants
        where table_schema in ('tributary', 'tributary_jobs')
          and grantee not in ('tributary_server', (select tableowner from pg_tables where schemaname = 'tributary' limit 1))`,
    );
    expect(others).toEqual([]);
  });
});

describe("money", () => {
  const asServer = async (statement: string): Promise<string> => {
    const client = new Client({
      connectionString: database.serverUrl,
      options: "-c search_path=tributary,pg_temp -c role=tributary_server",
    });
    await client.connect();
    try {
      await client.query(statement);
      return "done";
    } catch (error) {
      return (error as { code: string }).code;
    } finally {
      await client.end();
    }
  };
  const INSUFFICIENT_PRIVILEGE = "42501";
  const APPEND_ONLY = [
    "ledger_postings",
    "ledger_transactions",
    "audit_log",
    "audit_chain",
    "audit_checkpoints",
    "partner_events",
    "partner_terms",
    "commission_receipts",
    "outbox_events",
  ];

  it.each(
    APPEND_ONLY.flatMap((table) => [
      `update ${table} set tenant_id = tenant_id`,
      `delete from ${table}`,
      `truncate ${table}`,
      `alter table ${table} disable trigger all`,
      `drop table ${table}`,
    ]),
  )("is not touched by: %s", async (statement) => {
    expect(await asServer(statement)).toBe(INSUFFICIENT_PRIVILEGE);
  });

  it.each(APPEND_ONLY.filter((table) => table !== "outbox_events"))(
    "%s refuses a change by its owner too",
    async (table) => {
      const triggers = await asOwner<{ definition: string }>(
        database,
        "select pg_get_triggerdef(oid) as definition from pg_trigger where tgrelid = $1::regclass and tgfoid = 'refuse_change'::regproc and tgenabled in ('O', 'A')",
        [table],
      );
      expect(triggers.map(({ definition }) => definition).join("\n")).toMatch(
        /BEFORE (DELETE OR UPDATE|UPDATE OR DELETE)/,
      );
    },
  );

  it("has balances that the server cannot write", async () => {
    expect(await asServer("update ledger_accounts set balance = 1")).toBe(INSUFFICIENT_PRIVILEGE);
    expect(await asServer("delete from ledger_accounts")).toBe(INSUFFICIENT_PRIVILEGE);
    expect(await asServer("select * from ledger_accounts for update")).toBe(INSUFFICIENT_PRIVILEGE);
  });

  it("has balances that no table of the server's own making writes through their trigger", async () => {
    expect(
      await asServer(`
        create temporary table forged (tenant_id uuid, partner_id uuid, currency text, debit text, credit text, amount bigint);
        create trigger forge after insert on forged referencing new table as posted
          for each statement execute function tributary.ledger_apply_postings()`),
    ).toBe(INSUFFICIENT_PRIVILEGE);
  });
});

/** `table: privilege, …`; of single columns `privilege(column)`. */
async function privileges(): Promise<Record<string, string>> {
  const rows = await asOwner<{ name: string; granted: string }>(
    database,
    `with whole as (
       select table_schema || '.' || table_name as name, lower(privilege_type) as privilege
         from information_schema.role_table_grants where grantee = 'tributary_server'
     ), single as (
       select table_schema || '.' || table_name as name, lower(privilege_type) as privilege, column_name
         from information_schema.column_privileges where grantee = 'tributary_server'
     )
     select name, string_agg(privilege, ', ' order by privilege) as granted from (
       select name, privilege from whole
       union
       select name, privilege || '(' || column_name || ')' from single s
        where not exists (select from whole w where w.name = s.name and w.privilege = s.privilege)
     ) every_privilege group by name order by name`,
  );
  return Object.fromEntries(rows.map(({ name, granted }) => [name, granted]));
}
