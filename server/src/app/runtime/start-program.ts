import type { Sandbox } from "@tributary/sandbox";
import type { Logger } from "pino";
import { systemClock } from "../../kernel/clock.ts";
import type { Ctx } from "../../platform/context.ts";
import type { Composition } from "../compose.ts";
import type { Config } from "../config/config.ts";
import { type OpenDatabase, openDatabaseOf, SERVER } from "../database/open-database.ts";
import { type Installation, openInstallation } from "./installation.ts";
import { requireFreePort } from "./listen.ts";
import type { Parts } from "./parts.ts";
import { noteRunningServer } from "./running-server.ts";
import { type RunningSandbox, startSandboxOf } from "./start-sandbox.ts";
import type { Steps } from "./terminal.ts";

export type StartProgram = {
  readonly config: Config;
  readonly parts: Parts;
  readonly isEmpty: boolean;
  readonly logger: Logger;
  readonly steps: Steps;
};

export type Program = {
  readonly app: Composition;
  readonly database: OpenDatabase;
  readonly sandbox: Sandbox | undefined;
  readonly installation: Installation | undefined;
  /** The operator's tenant, the program itself acting, now. */
  readonly operatorContext: (job: string) => Promise<Ctx>;
  /** The demo's past is told: the worker does everything from now on. */
  readonly releaseWorker: () => Promise<void>;
  /** Ends everything in order: requests, jobs, clicks, connections, stand-ins, database. */
  readonly stop: () => Promise<void>;
  /** Ends at once. What is committed stays; the next start recovers. */
  readonly abandon: () => void;
};

/** Starts the whole program. When a part of it cannot start, what was started is stopped again. */
export async function startProgram(input: StartProgram): Promise<Program> {
  const { config, parts, logger, steps } = input;
  await requireFreePort(config.http);
  await using boot = new AsyncDisposableStack();

  steps.begin("Database");
  const opening = openDatabaseOf(config, {
    what: SERVER,
    now: systemClock.now(),
    say: steps.note,
    onRestart: (reason) => logger.error({ reason }, "the database ended by itself and is started again"),
  });
  // Read while Postgres starts: most of a second for one of them, and the other has nothing to do meanwhile.
  const assembling = import("./assemble-program.ts");
  const database = await opening;
  boot.defer(() => database.close());
  const installation =
    config.database.kind === "embedded"
      ? openInstallation(database.home.installation, input.isEmpty, systemClock.now())
      : undefined;

  let stand: RunningSandbox | undefined;
  if (installation) {
    steps.begin("Mailbox, shop and Stripe's stand-in");
    stand = await startSandboxOf(config, { home: database.home, secrets: database.secrets, installation });
    const { sandbox } = stand;
    boot.defer(() => sandbox.close());
  }

  steps.begin("Server");
  let isStopping = false;
  const { assembleProgram } = await assembling;
  const { app, worker, operatorContext } = boot.use(
    await assembleProgram({ config, parts, logger, database, installation, stand, isStopping: () => isStopping }),
  );
  if (installation) {
    const { publicUrl, localUrl, mail } = config;
    const mailbox = mail.smtpUrl === undefined ? stand?.sandbox.mailbox.smtpUrl : undefined;
    boot.defer(
      noteRunningServer(database.home, { publicUrl, localUrl, ...(mailbox ? { mailboxSmtpUrl: mailbox } : {}) }),
    );
  }
  steps.end();

  const owned = boot.move();
  return {
    app,
    database,
    sandbox: stand?.sandbox,
    installation,
    operatorContext,
    releaseWorker: async () => worker?.release(),
    stop: () => {
      isStopping = true;
      return owned.disposeAsync();
    },
    abandon: database.abandon,
  };
}
