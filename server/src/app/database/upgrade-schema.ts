import { join } from "node:path";
import { Client } from "pg";
import { isJobQueueInstalled, knownMigrations, migrate, SERVER_ROLE } from "../../platform/database/index.ts";
import { backUp } from "../backup/back-up.ts";
import { findMigrations } from "../backup/database-shape.ts";
import { StartError, systemCode } from "../runtime/start-error.ts";

export type UpgradeSchema = {
  readonly ownerUrl: string;
  readonly backups: string;
  readonly now: Date;
  readonly say: (line: string) => void;
};

/** Servers that start together upgrade one after the other: the first does it, the others find it done. */
const UPGRADE_LOCK = 7_211_402;

/**
 * Brings the schema to this release: an older one is backed up and migrated, a newer one is refused. Returns the migrations that ran.
 */
export async function upgradeSchema({ ownerUrl, backups, now, say }: UpgradeSchema): Promise<string[]> {
  const client = new Client({ connectionString: ownerUrl });
  await client.connect();
  try {
    await client.query("select pg_advisory_lock($1)", [UPGRADE_LOCK]);
    const known = await knownMigrations();
    const applied = await findMigrations(client);
    const unknown = applied.filter((name) => !known.includes(name));
    if (unknown.length > 0) {
      throw new StartError(
        `The database was written by a newer release of Tributary: this one does not know ${unknown.join(", ")}.`,
        "Start the newer release, or restore a backup made before the upgrade (npm run tributary -- restore FILE).",
      );
    }
    const pending = known.filter((name) => !applied.includes(name));
    if (applied.length > 0 && pending.length > 0) {
      const file = join(backups, `before-${pending[0]}-${now.toISOString().replaceAll(/[:.]/g, "-")}.tributary`);
      say(`Backing up before the upgrade, to ${file}`);
      await backUp({ ownerUrl, path: file, now }).catch((error: unknown) => {
        throw new StartError(
          `The database has to be upgraded, and the backup before it failed: ${String(error)}.`,
          "Make room where the backups lie, or point TRIBUTARY_HOME to a folder that has it. Nothing was changed.",
          error,
        );
      });
    }
    // What most starts find: to ask the library would take longer than all the rest of them.
    if (pending.length === 0 && (await isJobQueueInstalled(client))) return [];
    if (pending.length > 0) say(applied.length === 0 ? "Creating the tables" : "Upgrading the tables");
    return await migrate({ url: ownerUrl }).catch((error: unknown) => {
      throw systemCode(error) === NOT_PERMITTED ? lacksRights(ownerUrl, error) : error;
    });
  } finally {
    await client.end();
  }
}

const NOT_PERMITTED = "42501";

function lacksRights(ownerUrl: string, error: unknown): StartError {
  const login = decodeURIComponent(new URL(ownerUrl).username);
  return new StartError(
    `The login ${login} may not make the tables: ${error instanceof Error ? error.message : String(error)}.`,
    [
      "Give DATABASE_MIGRATE_URL the role that owns the database. Where it may not make roles, run as an administrator:",
      `    create role ${SERVER_ROLE} nologin; grant ${SERVER_ROLE} to "${login}";`,
    ].join("\n"),
    error,
  );
}
