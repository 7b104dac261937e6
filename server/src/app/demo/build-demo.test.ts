import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Sandbox, startSandbox } from "@tributary/sandbox";
import Fastify from "fastify";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type ClonedDatabase, cloneDatabase } from "../../../test/kit/postgres.ts";
import { generateSecrets } from "../../platform/crypto/index.ts";
import { startWorker } from "../../platform/jobs/index.ts";
import { type Composition, compose } from "../compose.ts";
import { openOperator } from "../open-operator.ts";
import { type BuildDemo, buildDemo } from "./build-demo.ts";
import type { DemoAccess } from "./demo-access.ts";

let folder: string;
let database: ClonedDatabase;
let sandbox: Sandbox;
let app: Composition;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "tributary-demo-"));
  database = await cloneDatabase();
  sandbox = await startSandbox({ folder, stripe: { secretKey: "sk_test_demo" } });
  app = await compose({
    database: { url: database.serverUrl },
    publicUrl: "http://localhost:3000",
    secrets: generateSecrets(),
    mail: { smtpUrl: sandbox.urls.smtp, from: "tributary@operator.test" },
    stripe: { secretKey: "sk_test_demo", webhookSecret: "whsec_demo", apiBase: sandbox.urls.stripe },
    logger: Fastify({ logger: false }).log,
  });
});
afterAll(async () => {
  await app?.[Symbol.asyncDispose]();
  await sandbox?.close();
  await database?.drop();
  await rm(folder, { recursive: true, force: true });
});

describe("the demo", () => {
  it("that was cut off while its people were made is gone on with, and lets them in with the passwords that it shows", async () => {
    const ctx = await openOperator(app, "demo");
    const jobs = app.jobs.filter(({ name }) => name.startsWith("identity."));
    const worker = await startWorker({
      db: app.db,
      clock: app.clock,
      jobs,
      cron: [],
      concurrency: 1,
      onError: () => {},
    });
    const kept: DemoAccess[] = [];
    const build = (changes: Partial<BuildDemo>) =>
      buildDemo({
        app,
        ctx,
        sandbox,
        kept: kept.at(-1),
        onAccess: (access) => void kept.push(access),
        onProgress: () => {},
        // The story itself is not told: everything before it is.
        signal: AbortSignal.abort(),
        ...changes,
      });
    const cutOff = async () => {
      throw new Error("the machine lost its power");
    };
    await expect(build({ app: { ...app, identity: { ...app.identity, generateAPIKey: cutOff } } })).rejects.toThrow(
      "lost its power",
    );
    expect(kept).toMatchObject([{ shopKey: null, monthsBuilt: 0 }]);

    await build({});
    await worker.stop();
    const access = kept.at(-1);
    expect(access).toMatchObject({ shopKey: { id: expect.any(String) }, logins: kept[0]?.logins });
    for (const { email, password } of access?.logins ?? []) {
      const { user } = await app.identity.signIn(
        { ...ctx, actor: { type: "anonymous" }, ip: "127.0.0.1" },
        { email, password, userAgent: null },
      );
      expect(user.email).toBe(email);
    }
    expect(access?.logins.length).toBeGreaterThan(4);
  });
});
