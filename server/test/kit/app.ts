import { type MarqetaSandbox, type StripeSandbox, startMarqetaSandbox, startStripeSandbox } from "@tributary/sandbox";
import Fastify from "fastify";
import { type Composition, compose } from "../../src/app/compose.ts";
import type { ComposeConfig } from "../../src/app/compose-config.ts";
import { KEY_SCOPES } from "../../src/identity/index.ts";
import { type MovableClock, movableClock } from "../../src/kernel/clock.ts";
import { type Ctx, systemContext } from "../../src/platform/context.ts";
import { generateSecrets } from "../../src/platform/crypto/index.ts";
import { type App, createHttpServer } from "../../src/platform/http/index.ts";
import { runCronJob, runDueJobs } from "../../src/platform/jobs/index.ts";
import type { Mail } from "../../src/platform/mail/index.ts";
import { createDispatcher } from "../../src/platform/outbox/index.ts";
import { DEFAULT_TIERS } from "../../src/programs/index.ts";
import type { ClonedDatabase } from "./postgres.ts";

/** The hour at which every test's world begins. */
export const NOW = new Date("2026-03-01T12:00:00Z");
/** Strong, and every person's of these tests. */
export const PASSWORD = "seven silver herons";
/** The default plan, whose fourth tier has everything that a partner does: the partners of these tests are of it. */
export const TIERS = {
  ...DEFAULT_TIERS,
  tier4: {
    ...DEFAULT_TIERS.tier4,
    features: [
      ...DEFAULT_TIERS.tier4.features,
      "co_branding" as const,
      "partner_api" as const,
      "cards" as const,
      "leads" as const,
    ],
  },
};
export const STRIPE_SECRET = "whsec_test_of_the_whole_program";

type Method = "GET" | "POST" | "PUT" | "PATCH" | "DELETE";

export type Answer<Body> = { readonly status: number; readonly body: Body; readonly headers: Record<string, unknown> };

export type SendOptions = {
  readonly body?: object;
  /** An Authorization header. */
  readonly auth?: string;
  /** An Idempotency-Key. */
  readonly key?: string;
  readonly headers?: Readonly<Record<string, string>>;
  /** Where it comes from; all from one address where it is not given. */
  readonly address?: string;
};

export type WholeApp = AsyncDisposable & {
  readonly app: Composition;
  readonly http: App;
  readonly clock: MovableClock;
  readonly mails: Mail[];
  readonly stripe: StripeSandbox;
  /** Asks and tells the program as though it were reached over HTTP. */
  readonly marqeta: MarqetaSandbox;
  /** The operator's tenant, the program itself acting, now. */
  readonly ctx: () => Ctx;
  /** An operator's key with every scope that a key may have, as an Authorization header. */
  readonly operatorKey: string;
  /** Sends a request, as JSON, and reads the answer; `Body` is what the caller expects of it. */
  readonly send: <Body = Record<string, unknown>>(
    method: Method,
    url: string,
    options?: SendOptions,
  ) => Promise<Answer<Body>>;
  /** Registers a partner, follows the link in its mail, signs in; returns its Authorization header and id. */
  addPartner(options?: {
    email?: string;
    partnerType?: string;
    /** Many partners: from one address only so many register in an hour. */
    hasOwnAddress?: boolean;
  }): Promise<{ id: string; auth: string; referralCode: string }>;
  /** An Authorization header of somebody with `PASSWORD`; it is good for ten minutes of the test's clock. */
  signIn(email: string): Promise<string>;
  /** Runs every job that waits, and tells the outbox's listeners. */
  settle(): Promise<void>;
  /** Wakes a cron job by name. */
  wake(name: string): Promise<void>;
};

/** The whole program on a database of its own, with a programme, behind its HTTP server; Stripe is the stand-in, over HTTP. */
export async function openApp(
  database: ClonedDatabase,
  config: Pick<ComposeConfig, "domains" | "exportFolder"> = {},
): Promise<WholeApp> {
  await using boot = new AsyncDisposableStack();
  const clock = movableClock(NOW);
  const stripe = await startStripeSandbox({ secretKey: "sk_test_1" });
  boot.defer(() => stripe.close());
  const marqeta = await startMarqetaSandbox({
    clock: { now: () => clock.now(), moveTo: () => {}, advance: () => {} },
    showsNumbers: true,
    post: async (to, { headers, body }) => {
      const { host, pathname } = new URL(to);
      const answer = await http.inject({ method: "POST", url: pathname, headers: { host, ...headers }, payload: body });
      return { status: answer.statusCode, body: answer.body };
    },
  });
  boot.defer(() => marqeta.close());
  const mails: Mail[] = [];
  const app = boot.use(
    await compose(
      {
        database: { url: database.serverUrl },
        publicUrl: "http://operator.test",
        secrets: generateSecrets(),
        mail: { smtpUrl: undefined, from: "tributary@operator.test" },
        webhookAddresses: { allowsLoopback: true, allowsPrivate: false },
        cardIssuerAddresses: [marqeta.url],
        stripe: { secretKey: "sk_test_1", webhookSecret: STRIPE_SECRET, apiBase: stripe.url },
        logger: Fastify({ logger: false }).log,
        // Nobody answers there, at once: no test asks the net.
        domains: { dnsServers: ["127.0.0.1:1"] },
        ...config,
      },
      { clock, mailer: { send: async (mail) => void mails.push(mail), verify: async () => {} } },
    ),
  );
  const { id: tenantId } = await app.tenants.createOperator({ name: "Operator", now: clock.now() });
  const ctx = (): Ctx => systemContext({ tenantId, job: "test", now: clock.now() });
  await app.db.transaction(ctx(), (tx) =>
    app.programs.createProgram(tx, {
      name: "Partners",
      tiers: TIERS,
      currency: "USD",
      destinationHosts: ["shop.test"],
      defaultDestination: "https://shop.test/",
    }),
  );
  await app.flags.setFlag(ctx(), { key: "partner-program", isEnabled: true });
  const operatorKey = await makeOperatorKey(app, ctx());

  const http = await createHttpServer({
    ...app.guards,
    logger: false,
    routes: app.routes,
    trustProxy: false,
    publicUrl: "http://operator.test",
  });
  boot.defer(() => http.close());
  const dispatcher = createDispatcher({
    db: app.db,
    clock,
    subscriptions: app.after,
    batches: app.afterTogether,
    onError: (error) => {
      throw error;
    },
  });

  const send: WholeApp["send"] = async (method, url, { body: payload, auth, key, headers, address } = {}) => {
    const answer = await http.inject({
      method,
      url,
      headers: {
        host: "operator.test",
        ...(auth === undefined ? {} : { authorization: auth }),
        ...(key === undefined ? {} : { "idempotency-key": key }),
        ...headers,
      },
      ...(payload === undefined ? {} : { payload }),
      ...(address === undefined ? {} : { remoteAddress: address }),
    });
    const isJson = String(answer.headers["content-type"] ?? "").includes("json");
    const body = (isJson ? answer.json() : answer.body) as never;
    return { status: answer.statusCode, body, headers: answer.headers };
  };
  const settle = async (): Promise<void> => {
    await runDueJobs({ db: app.db, clock, jobs: app.jobs, onError: () => {} });
    while ((await dispatcher.dispatchBatch()).told > 0);
  };

  const signIn = async (email: string, from: Pick<SendOptions, "address"> = {}): Promise<string> => {
    const { body } = await send<{ accessToken: string }>("POST", "/api/v1/auth/sign-in", {
      body: { email, password: PASSWORD },
      ...from,
    });
    return `Bearer ${body.accessToken}`;
  };

  let partners = 0;
  const owned = boot.move();
  return {
    app,
    http,
    clock,
    mails,
    stripe,
    marqeta,
    ctx,
    operatorKey,
    send,
    signIn: (email) => signIn(email),
    settle,
    addPartner: async ({
      email = `partner-${mails.length}@example.com`,
      partnerType = "affiliate",
      hasOwnAddress = false,
    } = {}) => {
      partners += 1;
      const from = hasOwnAddress ? { address: `10.0.${partners >> 8}.${partners & 255}` } : {};
      const { status, body } = await send("POST", "/api/v1/partners/register", {
        body: { email, password: PASSWORD, name: "Ada Partner", partnerType },
        ...from,
      });
      if (status !== 202) throw new Error(`${email} was not registered: ${status} ${JSON.stringify(body)}`);
      await settle();
      const mail = mails.findLast((one) => one.to === email);
      const token = /token=([\w-]+)/.exec(mail?.text ?? "")?.[1];
      await send("POST", "/api/v1/auth/verify-email", { body: { token, password: PASSWORD }, ...from });
      const auth = await signIn(email, from);
      const profile = await send<{ id: string; referralCode: string }>("GET", "/api/v1/partners/profile", { auth });
      return { ...profile.body, auth };
    },
    wake: async (name) => {
      const job = app.cron.find((one) => one.name === name);
      if (job === undefined) throw new Error(`no cron job is called ${name}`);
      await runCronJob({ db: app.db, clock, job });
    },
    [Symbol.asyncDispose]: () => owned.disposeAsync(),
  };
}

/** An operator's key, made by the program itself as the command line would. */
async function makeOperatorKey(app: Composition, ctx: Ctx): Promise<string> {
  const { apiKey, secret } = await app.identity.generateAPIKey(ctx, {
    owner: "operator",
    name: "Everything",
    scopes: KEY_SCOPES.operator,
  });
  return `Basic ${Buffer.from(`${apiKey}:${secret}`).toString("base64")}`;
}
