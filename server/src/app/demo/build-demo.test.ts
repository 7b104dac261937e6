import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Sandbox, startSandbox } from "@tributary/sandbox";
import Fastify from "fastify";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { asOwner, type ClonedDatabase, cloneDatabase } from "../../../test/kit/postgres.ts";
import { generateSecrets } from "../../platform/crypto/index.ts";
import { startWorker } from "../../platform/jobs/index.ts";
import { type Composition, compose } from "../compose.ts";
import { openOperator } from "../open-operator.ts";
import { type BuildDemo, buildDemo } from "./build-demo.ts";
import type { DemoAccess } from "./demo-access.ts";
import { type StoryMonth, tellStory } from "./demo-story.ts";

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
    cardIssuerAddresses: [sandbox.marqeta.url],
    logger: Fastify({ logger: false }).log,
  });
});
afterAll(async () => {
  await app?.[Symbol.asyncDispose]();
  await sandbox?.close();
  await database?.drop();
  await rm(folder, { recursive: true, force: true });
});

/** The demo's story of few people. */
function tellShortStory(end: Date): StoryMonth[] {
  const story = tellStory(end);
  const names = new Set(story.flatMap(({ customers }) => customers.slice(0, 3).map(({ externalId }) => externalId)));
  return story.map((month) => ({
    ...month,
    customers: month.customers.filter(({ externalId }) => names.has(externalId)),
    idleClicks: month.idleClicks.slice(0, 5),
    transactions: month.transactions.filter(({ customerExternalId }) => names.has(customerExternalId)),
  }));
}

/** Twelve months, if of few people; a machine that runs other tests beside is slow. */
const WHOLE_MS = 180_000;

describe("the demo", { timeout: WHOLE_MS }, () => {
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

  it("begins no further act once the server stops, whichever it is at, and the next build makes it whole", async () => {
    const ctx = await openOperator(app, "demo");
    const worker = await startWorker({
      db: app.db,
      clock: app.clock,
      jobs: app.jobs.filter(({ name }) => name.startsWith("identity.")),
      cron: [],
      concurrency: 1,
      onError: () => {},
    });
    const kept: DemoAccess[] = [];
    const steps: string[] = [];
    const build = (changed: Composition, signal: AbortSignal) =>
      buildDemo({
        app: changed,
        ctx,
        sandbox,
        kept: kept.at(-1),
        onAccess: (access) => void kept.push(access),
        onProgress: (step) => void steps.push(step),
        signal,
        tell: tellShortStory,
      });
    /** Builds until the server stops during the act of this number, and returns how many began. */
    const stopAt = async (number: number, changed: (act: <Act>(act: Act) => Act) => Composition): Promise<number> => {
      const stopping = new AbortController();
      let begun = 0;
      const counting = <Act>(act: Act): Act =>
        ((...args: unknown[]) => {
          begun += 1;
          if (begun === number) stopping.abort();
          return (act as (...args: unknown[]) => unknown)(...args);
        }) as Act;
      await build(changed(counting), stopping.signal);
      return begun;
    };
    const { referrals, sales, payouts, materials } = app;
    expect(
      await stopAt(2, (act) => ({
        ...app,
        referrals: { ...referrals, convertReferral: act(referrals.convertReferral) },
      })),
    ).toBe(2);
    expect(
      await stopAt(1, (act) => ({ ...app, sales: { ...sales, recordTransactions: act(sales.recordTransactions) } })),
    ).toBeLessThanOrEqual(3);
    expect(kept.at(-1)).toMatchObject({ monthsBuilt: 0 });
    await stopAt(1, (act) => ({ ...app, payouts: { ...payouts, requestPayout: act(payouts.requestPayout) } }));
    await stopAt(1, (act) => ({ ...app, materials: { ...materials, createMaterial: act(materials.createMaterial) } }));
    expect(kept.at(-1)).toMatchObject({ monthsBuilt: 12 });
    expect(steps.at(-1)).toBe("Open questions");

    await build(app, new AbortController().signal);
    await worker.stop();
    expect(steps.at(-1)).toBe("Done");
    const story = tellShortStory(new Date(kept.at(-1)?.storyEnd ?? ""));
    const told = story.flatMap(({ transactions }) => transactions);
    const recorded = await asOwner<{ external_id: string }>(
      database,
      "select external_id from transactions where external_id like 'customer-%' order by external_id",
    );
    expect(recorded.map(({ external_id }) => external_id)).toEqual(told.map(({ externalId }) => externalId).toSorted());
    const [made] = await asOwner(
      database,
      `select (select count(*)::int from clicks where partner_id in (select id from partners) and visitor_id is not null) >= $1 as clicks,
              (select count(*)::int from card_programs) as programs, (select count(*)::int from tenants) as tenants`,
      [story.flatMap(({ customers, idleClicks }) => [...customers, ...idleClicks]).length],
    );
    expect(made).toEqual({ clicks: true, programs: 1, tenants: 2 });
    // The bank has had every month but the last.
    const unsent = await asOwner<{ requested_at: Date }>(
      database,
      "select distinct requested_at from partner_payouts where payment_method = 'bank_file' and status = 'completed' and exported_at is null",
    );
    expect(unsent.length).toBeLessThanOrEqual(1);
    for (const { requested_at } of unsent)
      expect(requested_at.getTime()).toBeGreaterThan(story.at(-1)?.to.getTime() ?? 0);
  });
});
