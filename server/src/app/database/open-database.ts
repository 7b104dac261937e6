import type { Secrets } from "../../platform/crypto/index.ts";
import type { Config } from "../config/config.ts";
import { type Home, openHome } from "../runtime/home.ts";
import { holderOf, takeLock } from "../runtime/lock.ts";
import { readPrivateFile } from "../runtime/private-file.ts";
import { openSecrets, requireSecrets } from "../runtime/secrets.ts";
import { checkServerRole } from "./check-server-role.ts";
import type { Cluster } from "./cluster-place.ts";
import { type DatabaseUrls, startEmbeddedPostgres, urlsOf } from "./embedded-postgres.ts";
import { admitServerLogin, checkExternalPostgres } from "./external-postgres.ts";
import { upgradeSchema } from "./upgrade-schema.ts";

/** The database of an installation, migrated and ready, with what belongs to it. */
export type OpenDatabase = DatabaseUrls & {
  readonly home: Home;
  readonly secrets: Secrets;
  /** Stops what was started, and gives the folder back. */
  readonly close: () => Promise<void>;
  /** The same at once, without waiting for anything: the next start recovers. */
  readonly abandon: () => void;
};

export type OpenDatabaseOptions = {
  /** Who works with it, as a second one is told: `the server`, `tributary import`. */
  readonly what: string;
  readonly say: (line: string) => void;
  readonly now: Date;
  readonly onRestart?: (reason: string) => void;
  /** Use the Postgres of a server that is running on the folder, rather than be refused by it. */
  readonly joinsRunningServer?: boolean;
  /** Take the schema as it is, of whatever release: for who replaces it. */
  readonly leavesSchema?: boolean;
};

/** Opens the database that the configuration names: starts the embedded one, or checks the given one; upgrades its schema and checks the role. */
export async function openDatabaseOf(config: Config, options: OpenDatabaseOptions): Promise<OpenDatabase> {
  const { say, now, leavesSchema = false } = options;
  if (config.database.kind === "external") {
    // Several servers may share such a database: nothing is locked, and secrets come from the environment.
    const secrets = requireSecrets(config.givenSecrets);
    const home = openHome(config.home);
    const { serverUrl, migrateUrl } = config.database;
    say("Checking the database");
    await checkExternalPostgres(config.database);
    if (!leavesSchema) {
      await upgradeSchema({ ownerUrl: migrateUrl, backups: home.backups, now, say });
      if (serverUrl !== migrateUrl) await admitServerLogin(config.database);
      await checkServerRole(serverUrl);
    }
    return { home, secrets, ownerUrl: migrateUrl, serverUrl, close: async () => {}, abandon: () => {} };
  }

  const home = openHome(config.home);
  if (options.joinsRunningServer && holderOf(home.lock)?.what === SERVER) {
    const cluster = readPrivateFile(home.postgres) as Cluster | undefined;
    if (cluster?.isPrepared) {
      const secrets = openSecrets(home, config.givenSecrets);
      return { home, secrets, ...urlsOf(cluster), close: async () => {}, abandon: () => {} };
    }
  }
  const unlock = takeLock(home.lock, options.what);
  try {
    const secrets = openSecrets(home, config.givenSecrets);
    const { onRestart = () => {} } = options;
    const postgres = await startEmbeddedPostgres({ home, poolMax: config.poolMax, say, onRestart });
    try {
      const { ownerUrl, serverUrl } = postgres;
      if (!leavesSchema) {
        await upgradeSchema({ ownerUrl, backups: home.backups, now, say });
        await checkServerRole(serverUrl);
      }
      await postgres.isSynced;
      return {
        home,
        secrets,
        ownerUrl,
        serverUrl,
        close: async () => {
          await postgres.stop();
          unlock();
        },
        abandon: () => {
          postgres.kill();
          unlock();
        },
      };
    } catch (error) {
      await postgres.stop();
      throw error;
    }
  } catch (error) {
    unlock();
    throw error;
  }
}

/** How the server names itself in the lock. */
export const SERVER = "the server";
