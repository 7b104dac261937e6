import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { pino } from "pino";
import { generateSecrets } from "../../platform/crypto/index.ts";
import { createMetrics } from "../../platform/metrics/index.ts";
import { compose } from "../compose.ts";
import { ROOT } from "../config/config.ts";
import { createServerOf } from "../runtime/create-server.ts";
import { runTool } from "../runtime/run-tool.ts";

/** What the document names as the server; an installation serves its own document with its own address. */
const PUBLIC_URL = "http://127.0.0.1:3000";
const FILE = join(ROOT, "openapi.json");

// `npm run openapi`: writes openapi.json from the routes; with --check only says whether it is as they are. No database is asked.
await runTool(async () => {
  const secrets = generateSecrets();
  await using app = await compose({
    database: { url: "postgres://nobody@127.0.0.1:1/none" },
    publicUrl: PUBLIC_URL,
    secrets,
    mail: { smtpUrl: undefined, from: "Tributary <tributary@localhost>" },
    // Routes are the same with and without Stripe; the key is of nobody.
    stripe: { secretKey: "sk_test_openapi", webhookSecret: "whsec_openapi" },
    logger: pino({ level: "silent" }),
  });
  const server = await createServerOf({
    app,
    secrets,
    metrics: createMetrics({}),
    metricsToken: undefined,
    checks: [],
    isStopping: () => false,
    logger: false,
    publicUrl: PUBLIC_URL,
    trustProxy: false,
    servesApi: true,
  });
  await server.ready();
  const text = `${JSON.stringify(server.swagger(), null, 2)}\n`;
  await server.close();
  if ((await readFile(FILE, "utf8").catch(() => "")) === text) return;
  if (process.argv.includes("--check")) {
    process.stderr.write("openapi.json does not fit the routes: run `npm run openapi` and commit what it writes.\n");
    process.exitCode = 1;
  } else {
    await writeFile(FILE, text);
    process.stdout.write("wrote openapi.json\n");
  }
});
