import { readFile, statfs, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { sql } from "kysely";
import { DAY_MS, HOUR_MS } from "../../kernel/clock.ts";
import { systemContext } from "../../platform/context.ts";
import { type Database, JOBS_SCHEMA, listTenants, readOutboxFigures } from "../../platform/database/index.ts";
import type { MailServer } from "../../platform/mail/index.ts";
import { countRefused } from "../../sales/index.ts";
import { ASIDE } from "../backup/restore.ts";
import type { Config } from "../config/config.ts";

/** What one look found. `remedy` says what to do where it is not well. */
export type Symptom = {
  readonly name: string;
  readonly state: "well" | "look" | "ill";
  readonly found: string;
  readonly remedy: string | null;
};

export type Patient = {
  readonly db: Database;
  readonly config: Config;
  /** A demo is served by stand-ins where nothing real is given. */
  readonly isDemo: boolean;
  readonly mailer: MailServer;
  /** Asks Stripe whether the key works; undefined where none is set. */
  readonly askStripe: (() => Promise<string>) | undefined;
  readonly now: Date;
  /** The machine's clock, in milliseconds, whenever it is asked. */
  readonly machineNow: () => number;
};

type Examination = { readonly name: string; readonly look: (patient: Patient) => Promise<Omit<Symptom, "name">> };

const CLOCK_SKEW_MAX_MS = 2_000;
const DISK_FREE_MIN_BYTES = 2 * 1024 ** 3;
const BACKUP_AGE_MAX_MS = 2 * DAY_MS;
const JOB_AGE_MAX_MS = HOUR_MS;
/** A week without a renewal, a refund or a new customer is worth a look. */
const SOURCE_QUIET_MAX_MS = 7 * DAY_MS;
const REQUEST_TIMEOUT_MS = 5_000;

const well = (found: string) => ({ state: "well" as const, found, remedy: null });
const look = (found: string, remedy: string) => ({ state: "look" as const, found, remedy });
const ill = (found: string, remedy: string) => ({ state: "ill" as const, found, remedy });

const EXAMINATIONS: readonly Examination[] = [
  {
    name: "database",
    look: async ({ db }) => {
      const { rows } = await sql<{ version: string; migrations: bigint }>`
        select current_setting('server_version') as version, (select count(*) from migrations) as migrations`.execute(
        db.unscoped,
      );
      return well(`Postgres ${rows[0]?.version}, ${rows[0]?.migrations} migrations`);
    },
  },
  {
    name: "restore",
    look: async ({ db }) => {
      const { rows } = await sql`select from pg_namespace where nspname = ${ASIDE}`.execute(db.unscoped);
      return rows.length === 0
        ? well("none was cut off")
        : ill(
            `the schema ${ASIDE} is there: a restore was cut off, and what was there before lies in it`,
            "Stop the server and run the restore again: it first puts back what was there. Drop nothing by hand.",
          );
    },
  },
  {
    name: "role",
    look: async ({ db }) => {
      const { rows } = await sql<{ role: string; mighty: boolean }>`
        select current_user as role, rolsuper or rolbypassrls as mighty from pg_roles where rolname = current_user`.execute(
        db.unscoped,
      );
      return rows[0]?.mighty === false
        ? well(`${rows[0].role}, under every policy`)
        : ill(
            `${rows[0]?.role} can bypass the tenant policies`,
            "Give the server a role without SUPERUSER and BYPASSRLS.",
          );
    },
  },
  {
    name: "clock",
    look: async ({ db, machineNow }) => {
      const asked = machineNow();
      const { rows } = await sql<{ at: Date }>`select clock_timestamp() as at`.execute(db.unscoped);
      const answered = machineNow();
      // The database read its clock between the two: what lies outside them is skew, however long it took to answer.
      const at = rows[0]?.at.getTime() ?? 0;
      const skewMs = Math.max(asked - at, at - answered, 0);
      const apart = `machine and database are ${(skewMs / 1_000).toFixed(1)} s apart`;
      return skewMs <= CLOCK_SKEW_MAX_MS ? well(apart) : ill(apart, "Run a time service (NTP) on both.");
    },
  },
  {
    name: "mail",
    look: async ({ mailer, config, isDemo }) => {
      if (config.mail.smtpUrl === undefined) {
        if (isDemo) return well("the demo's mailbox on this machine takes every mail; none reaches anybody");
        const until = config.database.kind === "embedded" ? "the mailbox on this machine takes it" : "mail waits";
        return look("no mail server is set", `Set SMTP_URL, so that mail reaches people; until then ${until}.`);
      }
      await mailer.verify();
      return well("the mail server lets us in");
    },
  },
  {
    name: "stripe",
    look: async ({ askStripe, isDemo }) => {
      if (askStripe !== undefined) return well(await askStripe());
      return isDemo
        ? well("the demo's stand-in for Stripe takes every transfer; no money moves")
        : look("no key is set", "Set STRIPE_SECRET_KEY and STRIPE_CONNECT_WEBHOOK_SECRET, or pay by bank file.");
    },
  },
  {
    name: "public URL",
    look: async ({ config }) => {
      const url = new URL(config.publicUrl);
      const isLocal = ["localhost", "127.0.0.1", "[::1]"].includes(url.hostname);
      if (url.protocol !== "https:" && !isLocal)
        return ill(`${config.publicUrl} is not https`, "Put TLS in front and set PUBLIC_URL to the https address.");
      const signal = AbortSignal.timeout(REQUEST_TIMEOUT_MS);
      const answer = await fetch(`${config.publicUrl}/health/live`, { signal }).catch(() => undefined);
      if (answer === undefined) {
        const remedy = isLocal
          ? "Start the server (npm start), or check PORT and PUBLIC_URL."
          : "Check that the server runs, PUBLIC_URL, its DNS name, and what lies in front of the server.";
        return ill(`${config.publicUrl} does not answer`, remedy);
      }
      return answer.ok
        ? well(`${config.publicUrl} answers`)
        : ill(
            `${config.publicUrl} answers ${answer.status}`,
            "Check PUBLIC_URL, and what lies in front of the server.",
          );
    },
  },
  {
    name: "jobs",
    look: async ({ db, now }) => {
      const { rows } = await sql<{ waiting: bigint; failed: bigint; late: bigint }>`
        select count(*) filter (where attempts < max_attempts) as waiting,
               count(*) filter (where attempts >= max_attempts) as failed,
               count(*) filter (where attempts < max_attempts and run_at < ${new Date(now.getTime() - JOB_AGE_MAX_MS)}) as late
          from ${sql.id(JOBS_SCHEMA)}.jobs`.execute(db.unscoped);
      const [jobs] = rows;
      const found = `${jobs?.waiting} waiting, ${jobs?.failed} given up`;
      if (jobs !== undefined && jobs.failed > 0n)
        return ill(
          found,
          "`npm run tributary -- jobs given-up` has their errors; mend the cause, then `jobs retry ID` or `all`, or `jobs remove ID`.",
        );
      return jobs !== undefined && jobs.late > 0n
        ? look(found, "Some are an hour late: is a worker running?")
        : well(found);
    },
  },
  {
    name: "events",
    look: async ({ db }) => {
      const { waiting, given_up } = await readOutboxFigures(db);
      const found = `${waiting} to be told, ${given_up} given up`;
      return given_up === 0n
        ? well(found)
        : ill(found, "`npm run tributary -- events list` has their errors; `events retry` has them told again.");
    },
  },
  {
    name: "revenue",
    look: async ({ db, now }) => {
      const sources = await findRevenueSources(db, now);
      if (sources.length === 0) return well("no billing system is connected; revenue comes by the API alone");
      const quiet = sources.filter(
        ({ lastHeardAt }) => lastHeardAt === null || now.getTime() - lastHeardAt.getTime() > SOURCE_QUIET_MAX_MS,
      );
      const heard = ({ name, lastHeardAt }: RevenueSource) =>
        `${name}: ${lastHeardAt === null ? "never heard of" : `last heard of ${lastHeardAt.toISOString()}`}`;
      const found = sources.map(heard).join("; ");
      return quiet.length === 0
        ? well(found)
        : look(
            found,
            "Check its endpoint there and its secret here (docs/guides/billing.md), or turn off what is no longer used.",
          );
    },
  },
  {
    name: "reversals",
    look: async ({ db, now }) => {
      let refused = 0;
      for (const { id: tenantId } of await listTenants(db))
        refused += await db.read(systemContext({ tenantId, job: "doctor", now }), countRefused);
      return refused === 0
        ? well("each fits what it reverses")
        : look(
            `${refused} that came before their original do not fit it, and take nothing back`,
            "List them with `GET /api/v1/admin/transactions?isRefused=true`, which says why, and report each anew as it should be.",
          );
    },
  },
  {
    name: "disk",
    look: async ({ config }) => {
      const { bavail, bsize } = await statfs(config.home);
      const free = bavail * bsize;
      const found = `${(free / 1024 ** 3).toFixed(1)} GiB free in ${config.home}`;
      return free >= DISK_FREE_MIN_BYTES ? well(found) : ill(found, "Free some: Postgres stops when the disk is full.");
    },
  },
  {
    name: "last backup",
    look: async ({ config, now }) => {
      const last = await lastBackup(config.home);
      if (last === undefined)
        return look("none was made here", "Run `npm run tributary -- backup FILE` daily, and keep it elsewhere.");
      const age = now.getTime() - last.at.getTime();
      const found = `${last.at.toISOString()} in ${last.file}`;
      return age <= BACKUP_AGE_MAX_MS
        ? well(found)
        : look(found, "It is older than two days: run `npm run tributary -- backup FILE`.");
    },
  },
];

type RevenueSource = { readonly name: string; readonly lastHeardAt: Date | null };

/** Billing systems that are turned on, in every tenant. */
async function findRevenueSources(db: Database, now: Date): Promise<RevenueSource[]> {
  const found: RevenueSource[] = [];
  for (const { id: tenantId } of await listTenants(db)) {
    const ctx = systemContext({ tenantId, job: "doctor", now });
    const rows = await db.read(ctx, (tx) =>
      tx
        .selectFrom("revenue_sources")
        .select(["name", "last_heard_at"])
        .where("tenant_id", "=", tenantId)
        .where("is_enabled", "=", true)
        .orderBy("created_at")
        .execute(),
    );
    found.push(...rows.map((row) => ({ name: row.name, lastHeardAt: row.last_heard_at })));
  }
  return found;
}

/** Looks at everything, one after the other; a look that fails is a finding and stops nothing. */
export async function* examine(patient: Patient): AsyncGenerator<Symptom> {
  for (const { name, look: examination } of EXAMINATIONS) {
    try {
      yield { name, ...(await examination(patient)) };
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      yield { name, ...ill(reason, "Mend what it says; the log has more.") };
    }
  }
}

const LAST_BACKUP = "last-backup.json";

/** Notes that a backup was made, for the next examination. */
export const noteBackup = (home: string, backup: { at: Date; file: string }): Promise<void> =>
  writeFile(join(home, LAST_BACKUP), JSON.stringify(backup), { mode: 0o600 });

async function lastBackup(home: string): Promise<{ at: Date; file: string } | undefined> {
  try {
    const { at, file } = JSON.parse(await readFile(join(home, LAST_BACKUP), "utf8")) as { at: string; file: string };
    return { at: new Date(at), file };
  } catch {
    return undefined;
  }
}
