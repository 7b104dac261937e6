import type { Sandbox } from "@tributary/sandbox";
import type { Logger } from "pino";
import { systemClock } from "../../kernel/clock.ts";
import type { Ctx } from "../../platform/context.ts";
import { readJobFigures, readOutboxFigures } from "../../platform/database/index.ts";
import { createMetrics } from "../../platform/metrics/index.ts";
import { type Composition, compose } from "../compose.ts";
import type { ComposeConfig } from "../compose-config.ts";
import { checkpointPlaceOf } from "../config/checkpoint-place.ts";
import type { Config } from "../config/config.ts";
import { type OpenDatabase, openDatabaseOf, SERVER } from "../database/open-database.ts";
import { addProgramGauges } from "../gauges/program-gauges.ts";
import { createFiguresReader } from "../gauges/read-program-figures.ts";
import { openOperator } from "../open-operator.ts";
import { createServerOf } from "./create-server.ts";
import { type Check, databaseCheck, migrationsCheck, readAppliedMigrations } from "./health.ts";
import { type Installation, openInstallation } from "./installation.ts";
import { closeServer, listen, requireFreePort } from "./listen.ts";
import { countJobs } from "./queue-figures.ts";
import { noteRunningServer } from "./running-server.ts";
import { type RunningSandbox, startSandboxOf } from "./start-sandbox.ts";
import type { Steps } from "./terminal.ts";
import { type RunningWorker, runWorker } from "./worker.ts";

/** What one process does: answer requests, do the work behind them, or both. */
export type Parts = { readonly api: boolean; readonly worker: boolean };

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
  const database = await openDatabaseOf(config, {
    what: SERVER,
    now: systemClock.now(),
    say: steps.note,
    onRestart: (reason) => logger.error({ reason }, "the database ended by itself and is started again"),
  });
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
  const app = boot.use(await compose(composeConfigOf(config, database, stand, logger)));
  await openOperator(app, "start");
  const metrics = createMetrics({
    pool: app.db.pool,
    readJobs: () => countJobs(app.db),
    // What a release no longer has would be late for ever.
    readJobRuns: async () => {
      const names = new Set(app.cron.map(({ name }) => name));
      return (await readJobFigures(app.db)).filter(({ name }) => names.has(name));
    },
    readOutbox: () => readOutboxFigures(app.db),
  });
  addProgramGauges(metrics.registry, createFiguresReader(app));

  let worker: RunningWorker | undefined;
  if (parts.worker) {
    const isMailOnly = installation?.kind === "demo" && installation.demoBuiltAt === undefined;
    worker = await runWorker({ app, logger, metrics, concurrency: config.workerConcurrency, isMailOnly });
    boot.defer(worker.stop);
  }

  let isStopping = false;
  const checks: Check[] = [
    databaseCheck(app.db),
    migrationsCheck(() => readAppliedMigrations(app.db)),
    ...(worker ? [{ name: "worker", isRight: async () => worker.isRunning() }] : []),
  ];
  const http = await createServerOf({
    app,
    metrics,
    metricsToken: config.metricsToken,
    checks,
    isStopping: () => isStopping,
    logger,
    secrets: database.secrets,
    publicUrl: config.publicUrl,
    trustProxy: config.trustProxy,
    servesApi: parts.api,
  });
  await listen(http, config.http);
  boot.defer(() => closeServer(http));
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
    operatorContext: (job) => openOperator(app, job),
    releaseWorker: async () => worker?.release(),
    stop: () => {
      isStopping = true;
      return owned.disposeAsync();
    },
    abandon: database.abandon,
  };
}

/** What the services need of the configuration; stand-ins where nothing real is given. */
function composeConfigOf(
  config: Config,
  { serverUrl, secrets }: OpenDatabase,
  stand: RunningSandbox | undefined,
  logger: Logger,
): ComposeConfig {
  return {
    database: { url: serverUrl, poolMax: config.poolMax },
    publicUrl: config.publicUrl,
    domains: config.domains,
    secrets,
    mail: { smtpUrl: config.mail.smtpUrl ?? stand?.sandbox.mailbox.smtpUrl, from: config.mail.from },
    stripe: config.stripe ?? stand?.stripe,
    cardIssuerAddresses: stand?.cardIssuer === undefined ? [] : [stand.cardIssuer],
    clickRetentionDays: config.clickRetentionDays,
    sanctions: config.sanctions,
    exportFolder: config.exportFolder,
    checkpointPlace: checkpointPlaceOf(config),
    webhookAddresses: config.webhookAddresses,
    logger,
  };
}
