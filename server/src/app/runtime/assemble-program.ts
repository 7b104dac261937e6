import type { Logger } from "pino";
import type { Ctx } from "../../platform/context.ts";
import { readJobFigures, readOutboxFigures } from "../../platform/database/index.ts";
import { createMetrics } from "../../platform/metrics/index.ts";
import { type Composition, compose } from "../compose.ts";
import type { ComposeConfig } from "../compose-config.ts";
import { checkpointPlaceOf } from "../config/checkpoint-place.ts";
import type { Config } from "../config/config.ts";
import type { OpenDatabase } from "../database/open-database.ts";
import { addProgramGauges } from "../gauges/program-gauges.ts";
import { createFiguresReader } from "../gauges/read-program-figures.ts";
import { openOperator } from "../open-operator.ts";
import { createServerOf } from "./create-server.ts";
import { type Check, databaseCheck, migrationsCheck, readAppliedMigrations } from "./health.ts";
import type { Installation } from "./installation.ts";
import { closeServer, listen } from "./listen.ts";
import type { Parts } from "./parts.ts";
import { countJobs } from "./queue-figures.ts";
import type { RunningSandbox } from "./start-sandbox.ts";
import { type RunningWorker, runWorker } from "./worker.ts";

export type AssembleProgram = {
  readonly config: Config;
  readonly parts: Parts;
  readonly logger: Logger;
  readonly database: OpenDatabase;
  readonly installation: Installation | undefined;
  readonly stand: RunningSandbox | undefined;
  readonly isStopping: () => boolean;
};

/** Services, worker and HTTP server over an open database. They end in order: requests, jobs, clicks, connections. */
export type AssembledProgram = AsyncDisposable & {
  readonly app: Composition;
  readonly worker: RunningWorker | undefined;
  /** The operator's tenant, the program itself acting, now. */
  readonly operatorContext: (job: string) => Promise<Ctx>;
};

/** Builds the services over an open database, and lets them work and answer. All that is slow to load is loaded with this file. */
export async function assembleProgram(input: AssembleProgram): Promise<AssembledProgram> {
  const { config, parts, logger, database, installation, stand, isStopping } = input;
  await using boot = new AsyncDisposableStack();
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
    isStopping,
    logger,
    secrets: database.secrets,
    publicUrl: config.publicUrl,
    trustProxy: config.trustProxy,
    servesApi: parts.api,
  });
  await listen(http, config.http);
  boot.defer(() => closeServer(http));
  const owned = boot.move();
  return {
    app,
    worker,
    operatorContext: (job) => openOperator(app, job),
    [Symbol.asyncDispose]: () => owned.disposeAsync(),
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
