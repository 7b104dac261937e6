import { systemClock } from "../kernel/clock.ts";
import { createLogger } from "../platform/log/index.ts";
import type { OpenProgram, ReplaceableDatabase } from "./cli/command-context.ts";
import { compose } from "./compose.ts";
import { checkpointPlaceOf } from "./config/checkpoint-place.ts";
import { type Config, loadConfig, readEnvironment } from "./config/config.ts";
import { nameDatabase } from "./database/name-database.ts";
import { type OpenDatabase, openDatabaseOf } from "./database/open-database.ts";
import { openOperator } from "./open-operator.ts";
import { type Installation, openInstallation } from "./runtime/installation.ts";
import { readPrivateFile } from "./runtime/private-file.ts";
import { besideRunningServer, findRunningServer } from "./runtime/running-server.ts";

/**
 * Runs work with the whole program on the configured database: the running server's, an embedded one that is started and stopped around the
 * work, or DATABASE_URL.
 */
export async function withProgram<Result>(work: (program: OpenProgram) => Promise<Result>): Promise<Result> {
  const given = loadConfig(readEnvironment(process));
  const database = await openFor(given);
  try {
    const installation = openOwnInstallation(given, database);
    const server = given.database.kind === "embedded" ? findRunningServer(database.home) : undefined;
    const config = besideRunningServer(given, server);
    const mailbox = config.mail.smtpUrl === undefined ? server?.mailboxSmtpUrl : undefined;
    await using app = await compose({
      database: { url: database.serverUrl, poolMax: config.poolMax },
      publicUrl: config.publicUrl,
      domains: config.domains,
      secrets: database.secrets,
      mail: { smtpUrl: config.mail.smtpUrl ?? mailbox, from: config.mail.from },
      stripe: config.stripe,
      webhookAddresses: config.webhookAddresses,
      clickRetentionDays: config.clickRetentionDays,
      sanctions: config.sanctions,
      exportFolder: config.exportFolder,
      checkpointPlace: checkpointPlaceOf(config),
      logger: createLogger({ level: "warn", isPretty: process.stderr.isTTY }),
    });
    return await work({
      app,
      ctx: await openOperator(app, "command line"),
      config,
      installation,
      hasMailbox: mailbox !== undefined,
      ownerUrl: database.ownerUrl,
    });
  } finally {
    await database.close();
  }
}

/** Runs work that replaces the configured database, of whatever release its schema is: nothing is upgraded or checked before. */
export async function withDatabase<Result>(work: (database: ReplaceableDatabase) => Promise<Result>): Promise<Result> {
  const config = loadConfig(readEnvironment(process));
  const database = await openFor(config, { leavesSchema: true });
  try {
    openOwnInstallation(config, database);
    return await work({ ownerUrl: database.ownerUrl, name: nameDatabase(config) });
  } finally {
    await database.close();
  }
}

const openFor = (config: Config, options: { readonly leavesSchema?: boolean } = {}): Promise<OpenDatabase> =>
  openDatabaseOf(config, {
    what: "the command line",
    now: systemClock.now(),
    say: (line) => process.stderr.write(`${line}\n`),
    joinsRunningServer: true,
    ...options,
  });

/** A folder that the command line fills is the operator's own: the demo is never built into it. */
function openOwnInstallation(config: Config, { home }: OpenDatabase): Installation | undefined {
  if (config.database.kind === "external") return undefined;
  const path = home.installation;
  return openInstallation(path, readPrivateFile(path) === undefined, systemClock.now());
}
