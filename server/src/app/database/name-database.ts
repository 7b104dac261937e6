import type { Config } from "../config/config.ts";

/** The database that the configuration names, for a person who is about to change it. Never a password. */
export function nameDatabase({ database, home }: Pick<Config, "database" | "home">): string {
  if (database.kind === "embedded") return `the embedded database of ${home}`;
  const { host, pathname } = new URL(database.migrateUrl);
  return `the database ${decodeURIComponent(pathname.slice(1))} on ${decodeURIComponent(host)}`;
}
