import { execFile, spawnSync } from "node:child_process";
import { mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { startSandbox } from "@tributary/sandbox";
import { pino } from "pino";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { compose } from "../../src/app/compose.ts";
import { buildDemo } from "../../src/app/demo/build-demo.ts";
import type { DemoAccess } from "../../src/app/demo/demo-access.ts";
import { openOperator } from "../../src/app/open-operator.ts";
import { createServerOf } from "../../src/app/runtime/create-server.ts";
import { startWorker } from "../../src/platform/jobs/index.ts";
import { createMetrics } from "../../src/platform/metrics/index.ts";
import { cloneDatabase } from "../kit/postgres.ts";
import { ROOT } from "../tidy/source-tree.ts";

const GUIDE = "docs/guides/first-five-minutes.md";
const SECRET = Buffer.alloc(32, 7);
/** What a page of commands needs from outside npm. */
const hasShell = ["bash", "curl", "sed"].every((program) => spawnSync(program, ["--version"]).status === 0);

const stack = new AsyncDisposableStack();
let folder: string;
let url: string;
let environment: NodeJS.ProcessEnv;

/** A server as the guide's reader has it: the demo's people, with its stand-ins and its worker; of their twelve months, none. */
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "tributary-guide-"));
  stack.defer(() => rm(folder, { recursive: true, force: true }));
  const database = await cloneDatabase();
  stack.defer(() => database.drop());
  const sandbox = stack.use(
    await startSandbox({ folder: join(folder, "sandbox"), stripe: { secretKey: "sk_test_demo" } }),
  );
  const secrets = { pepper: SECRET, encryptionKey: SECRET, signingKeys: [SECRET] } as const;
  const logger = pino({ level: "silent" });
  const publicUrl = "http://127.0.0.1";
  const app = stack.use(
    await compose({
      database: { url: database.serverUrl },
      publicUrl,
      secrets,
      mail: { smtpUrl: sandbox.urls.smtp, from: "tributary@operator.test" },
      stripe: { secretKey: "sk_test_demo", webhookSecret: "whsec_demo", apiBase: sandbox.urls.stripe },
      logger,
    }),
  );
  const { db, clock, jobs } = app;
  const worker = await startWorker({ db, clock, jobs, cron: [], concurrency: 2, onError: () => {} });
  stack.defer(() => worker.stop());
  const isTold = new AbortController();
  const kept: DemoAccess[] = [];
  await buildDemo({
    app,
    ctx: await openOperator(app, "demo"),
    sandbox,
    kept: undefined,
    signal: isTold.signal,
    onProgress: (_step, done) => {
      if (done > 0) isTold.abort();
    },
    onAccess: (access) => void kept.push(access),
  });
  await mkdir(join(folder, ".tributary"));
  await writeFile(join(folder, ".tributary/demo.json"), JSON.stringify(kept.at(-1)));

  const server = await createServerOf({
    app,
    secrets,
    metrics: createMetrics({}),
    metricsToken: undefined,
    checks: [],
    isStopping: () => false,
    logger: false,
    publicUrl,
    trustProxy: false,
    servesApi: true,
  });
  stack.defer(() => server.close());
  url = await server.listen({ port: 0, host: "127.0.0.1" });
  environment = {
    PATH: process.env["PATH"],
    TRIBUTARY_HOME: join(folder, "home"),
    DATABASE_URL: database.ownerUrl,
    TRIBUTARY_PEPPER: SECRET.toString("base64"),
    TRIBUTARY_ENCRYPTION_KEY: SECRET.toString("base64"),
    TRIBUTARY_SIGNING_KEYS: SECRET.toString("base64"),
  };
}, 120_000);
afterAll(() => stack.disposeAsync());

/** The guide's commands in the order without a browser: helpers, buying, then everything else. */
function commandsOf(guide: string): string {
  const blocks = [...guide.matchAll(/^```sh\n(.*?)^```$/gms)].map(([, block = ""]) => block);
  const [helpers = "", ...rest] = blocks;
  const buying = rest.pop() ?? "";
  return [helpers, buying, ...rest].join("\n");
}

describe.skipIf(!hasShell)("the guide 'first five minutes'", () => {
  it("leads, command by command as it is printed, to a commission that is paid and books that hold", async () => {
    const script = commandsOf(await readFile(join(ROOT, GUIDE), "utf8"))
      .replace("API=http://127.0.0.1:3000", `API=${url}`)
      .replaceAll("npm run tributary --", `node ${join(ROOT, "server/src/app/entry/tributary.ts")}`)
      // A loaded machine may take longer than a reader's.
      .replace("sleep 2", "sleep 6");
    const { stdout } = await promisify(execFile)("bash", ["-euo", "pipefail", "-c", script], {
      cwd: folder,
      env: environment,
    });
    expect(stdout).toContain("type: 'signup'");
    expect(stdout.match(/^approved$/gm)).toHaveLength(2);
    expect(stdout).toMatch(/completed$/m);
    expect(stdout).toContain("The books hold.");
  }, 120_000);
});
