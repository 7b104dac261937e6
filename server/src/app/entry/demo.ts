import { join } from "node:path";
import { startSandbox } from "@tributary/sandbox";
import { createLogger } from "../../platform/log/index.ts";
import { createMetrics } from "../../platform/metrics/index.ts";
import { compose } from "../compose.ts";
import { loadConfig, readEnvironment } from "../config/config.ts";
import { openDatabaseOf } from "../database/open-database.ts";
import { buildDemo } from "../demo/build-demo.ts";
import { keepDemoAccess, readDemoAccess } from "../demo/demo-access.ts";
import { openOperator } from "../open-operator.ts";
import { runTool } from "../runtime/run-tool.ts";
import { StartError } from "../runtime/start-error.ts";
import { createProgress, print, printTable } from "../runtime/terminal.ts";
import { runWorker } from "../runtime/worker.ts";

// `npm run demo`: builds the demo in the database that DATABASE_URL names, which has nobody in it yet.
await runTool(async () => {
  const config = loadConfig(readEnvironment(process));
  if (config.database.kind === "embedded")
    throw new StartError("The embedded database has the demo by itself.", "Run `npm start`, or set DATABASE_URL.");
  await using stack = new AsyncDisposableStack();
  const database = await openDatabaseOf(config, { what: "npm run demo", now: new Date(), say: (line) => print(line) });
  stack.defer(() => database.close());
  // The stand-ins take the mails and the transfers of the demo's past; nothing of it leaves this machine.
  const sandbox = stack.use(
    await startSandbox({ folder: join(database.home.folder, "demo-sandbox"), stripe: { secretKey: "sk_test_demo" } }),
  );
  const logger = createLogger({ level: "warn", isPretty: process.stderr.isTTY });
  const app = stack.use(
    await compose({
      database: { url: database.serverUrl, poolMax: config.poolMax },
      publicUrl: config.publicUrl,
      secrets: database.secrets,
      mail: { smtpUrl: sandbox.urls.smtp, from: config.mail.from },
      stripe: { secretKey: "sk_test_demo", webhookSecret: "whsec_demo", apiBase: sandbox.urls.stripe },
      cardIssuerAddresses: [sandbox.marqeta.url],
      clickRetentionDays: config.clickRetentionDays,
      sanctions: config.sanctions,
      exportFolder: config.exportFolder,
      logger,
    }),
  );
  const ctx = await openOperator(app, "demo");
  const known = readDemoAccess(database.home);
  const { data } = await app.partners.findPartnerPage(ctx, { limit: 1 });
  // Logins that were in use, and nobody there: the database is another than the one that they were made for.
  const kept = known?.shopKey && data.length === 0 ? undefined : known;
  if (kept === undefined && data.length > 0)
    throw new StartError(
      "This programme has partners: the demo would be mixed with them.",
      "Give it a database of its own.",
    );
  const metrics = createMetrics({
    pool: app.db.pool,
    readJobs: async () => ({ waiting: 0, failed: 0 }),
  });
  const worker = await runWorker({ app, logger, metrics, concurrency: 2, isMailOnly: true });
  stack.defer(worker.stop);

  const progress = createProgress("Building the demo");
  await buildDemo({
    app,
    ctx,
    sandbox,
    kept,
    signal: new AbortController().signal,
    onProgress: progress.show,
    onAccess: (access) => keepDemoAccess(database.home, access),
  });
  progress.end("The demo is whole.");
  const logins = readDemoAccess(database.home)?.logins ?? [];
  printTable(
    ["Sign in as", "e-mail", "password"],
    logins.map(({ role, email, password }) => [role, email, password]),
  );
});
