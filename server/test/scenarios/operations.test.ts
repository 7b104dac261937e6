import { spawnSync } from "node:child_process";
import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { type Mailbox, signWebhook, startMailbox } from "@tributary/sandbox";
import { Client } from "pg";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { urlsOf } from "../../src/app/database/embedded-postgres.ts";
import { hashPassword } from "../../src/identity/index.ts";
import { systemClock } from "../../src/kernel/clock.ts";
import { runCronJob } from "../../src/platform/jobs/index.ts";
import { LIMITS } from "../../src/platform/rate-limit/index.ts";
import { type FaultSite, openFaultSite, type Reply, tidOf } from "../kit/fault-site.ts";
import { asOwnerOf, clusterOf, createInstallations } from "../kit/installations.ts";
import { type Scrape, scrape, seriesOf, sumOf } from "../kit/scrape.ts";
import { freePort, until } from "../kit/server-process.ts";

const PATIENCE_MS = 180_000;
const RULES = fileURLToPath(new URL("../../../monitoring/prometheus/tributary.rules.yml", import.meta.url));
const promtool = (...args: string[]) => spawnSync("promtool", args, { encoding: "utf8" });
const hasPromtool = promtool("--version").error === undefined;
const installations = createInstallations();

/** What goes in of people and secrets, each unmistakable: none of it may come out in a log. What the program makes (keys, tokens) is added as it comes. */
const PERSON = {
  admin: "wilhelmina.operator@team.example",
  adminPassword: "eleven patient lighthouses",
  partner: "theodora.partner@partners.example",
  partnerName: "Theodora Quillfeather",
  partnerPassword: "seventeen copper kettles",
  wrongPassword: "not the right kettles at all",
  customer: "ambrose.customer@customers.example",
  stranger: "nobody.knows@strangers.example",
  address: "203.0.113.199",
  iban: "DE89370400440532013000",
  holder: "Theodora Q. Quillfeather",
  signingSecret: "whsec_the_secret_of_a_billing_system",
} as const;
const secrets = new Set<string>(Object.values(PERSON));

let site: FaultSite;
let mailbox: Mailbox | undefined;
let smtpPort: number;
let sourceId: string;
let begunAt: Date;
/** What the servers logged, and the ids of what was answered, in order. */
const logs: (() => string)[] = [];
const answered: { readonly id: string; readonly status: number | "cut" }[] = [];
const scrapes: Record<"quiet" | "busy" | "busier" | "restarted", Scrape> = {
  quiet: new Map(),
  busy: new Map(),
  busier: new Map(),
  restarted: new Map(),
};
const IN_FLIGHT = ["flight-1", "flight-2", "flight-3", "flight-4"] as const;

beforeAll(async () => {
  begunAt = new Date();
  smtpPort = await freePort();
  // Nobody listens there yet: the mail server is down.
  site = await openFaultSite({
    environment: { LOG_LEVEL: "debug", SMTP_URL: `smtp://127.0.0.1:${smtpPort}` },
  });
  logs.push(site.server().output);
  secrets.add(site.operatorKey.replace("Basic ", ""));
  for (const part of Buffer.from(site.operatorKey.replace("Basic ", ""), "base64").toString().split(":").slice(1))
    secrets.add(part);
  const passwordHash = await hashPassword(PERSON.adminPassword);
  await site.within(async (app, ctx) => {
    const person = { email: PERSON.admin, role: "admin", passwordHash, name: "Admin", isEmailVerified: true } as const;
    await app.db.transaction(ctx, (tx) => app.identity.createUser(tx, person));
    await app.flags.setFlag(ctx, { key: "partner-program", isEnabled: true });
    const source = { kind: "stripe", name: "Stripe", signingSecret: PERSON.signingSecret } as const;
    sourceId = (await app.revenue.createSource(ctx, source)).id;
  });
}, PATIENCE_MS);
afterAll(async () => {
  await site?.[Symbol.asyncDispose]();
  await installations.cleanUp();
  await mailbox?.close();
}, PATIENCE_MS);

async function ask(
  ...call: Parameters<FaultSite["send"]>
): Promise<Reply & { readonly body: Record<string, unknown> }> {
  const reply = await site.send(...call);
  answered.push({ id: reply.headers.get("x-request-id") ?? "", status: reply.status });
  const isJson = reply.headers.get("content-type")?.includes("json") ?? false;
  return { ...reply, body: isJson ? (JSON.parse(reply.text) as Record<string, unknown>) : {} };
}

const fromHome = { isAnonymous: true, headers: { "x-forwarded-for": PERSON.address } } as const;
const sale = (externalId: string) => ({
  body: {
    transactions: [
      {
        externalId,
        customerExternalId: "customer",
        kind: "payment",
        amount: 9_900,
        currency: "USD",
        occurredAt: new Date().toISOString(),
      },
    ],
  },
});

/** A subscription that Stripe tells of, signed; `email` where the customer is not named otherwise. */
function tellStripe(name: string, metadata: object, email: string): Promise<Reply> {
  const at = Math.floor(Date.now() / 1_000);
  const object = {
    id: `in_${name}`,
    amount_paid: 4_200,
    total: 4_200,
    currency: "usd",
    customer: `cus_${name}`,
    customer_email: email,
    payment_intent: `pi_${name}`,
    subscription_details: { metadata },
    status_transitions: { paid_at: at },
  };
  const body = { id: `evt_${name}`, object: "event", type: "invoice.paid", created: at, data: { object } };
  const signature = signWebhook({ payload: JSON.stringify(body), secret: PERSON.signingSecret, at: new Date() });
  return ask("POST", `/api/v1/webhooks/stripe-billing/${sourceId}`, {
    body,
    isAnonymous: true,
    headers: { "stripe-signature": signature },
  });
}

/** At once, and more than two windows of the limit have room for: at least so many are refused, also where one ends meanwhile. */
const askTooOften = (refused: number) =>
  Promise.all(
    Array.from({ length: LIMITS.anonymous.points * 2 + refused }, () => ask("GET", "/api/v1/auth/me", fromHome)),
  );

const waitForMail = async (to: string): Promise<string> => {
  const { text } = (await mailbox?.waitFor({ to }, AbortSignal.timeout(PATIENCE_MS))) ?? { text: "" };
  return text ?? "";
};

describe("a server that is watched, stopped and started", { timeout: PATIENCE_MS }, () => {
  it("counts requests by route, and jobs by name and outcome, from the first scrape on", async () => {
    scrapes.quiet = await scrape(site.url);
    const visit = await ask("GET", `/r/${site.partners[0]?.referralCode}`, {
      ...fromHome,
      headers: { ...fromHome.headers, "user-agent": "Mozilla/5.0 (X11; Linux x86_64) Chrome/140.0 Safari/537.36" },
    });
    const customer = { externalId: "customer", clickId: tidOf(visit), email: PERSON.customer };
    expect((await ask("POST", "/api/v1/referrals/convert", { body: customer })).status).toBe(200);
    expect((await ask("POST", "/api/v1/transactions", { key: "first", ...sale("first") })).status).toBe(200);
    const register = {
      email: PERSON.partner,
      password: PERSON.partnerPassword,
      name: PERSON.partnerName,
      partnerType: "affiliate",
    };
    expect((await ask("POST", "/api/v1/partners/register", { ...fromHome, body: register })).status).toBeLessThan(300);
    // The mail server is down: the job fails, and waits.
    await until(async () => (sumOf(await scrape(site.url), "tributary_jobs_total", { outcome: "failed" }) ?? 0) > 0);
    await askTooOften(10);
    scrapes.busy = await scrape(site.url);
    await askTooOften(110);
    scrapes.busier = await scrape(site.url);

    const requests = "tributary_http_request_duration_seconds_count";
    const { quiet, busier } = scrapes;
    for (const [route, status] of [
      ["/r/:code", "302"],
      ["/api/v1/referrals/convert", "200"],
      ["/api/v1/transactions", "200"],
      ["/api/v1/auth/me", "429"],
    ] as const) {
      expect([route, sumOf(quiet, requests, { route, status })]).toEqual([route, undefined]);
      expect([route, sumOf(busier, requests, { route, status })]).toEqual([route, expect.any(Number)]);
    }
    // Jobs are told before one has ended.
    const failed = { job: "identity.send_verification", outcome: "failed" };
    expect(sumOf(quiet, "tributary_jobs_total", failed)).toBe(0);
    expect(sumOf(busier, "tributary_jobs_total", failed)).toBeGreaterThan(0);
    expect(sumOf(quiet, "tributary_jobs_queued", { state: "waiting" })).toBeLessThan(
      sumOf(busier, "tributary_jobs_queued", { state: "waiting" }) ?? 0,
    );
    for (const name of ["tributary_outbox_lag_seconds", "tributary_outbox_events", "tributary_database_connections"])
      expect([name, sumOf(busier, name)]).toEqual([name, expect.any(Number)]);
  });

  it("stops in the middle of requests and a job, answers what it has begun, and loses nothing that it acknowledged", async () => {
    const { ownerUrl } = urlsOf(clusterOf(site.home));
    const holder = new Client({ connectionString: ownerUrl });
    await holder.connect();
    await holder.query("begin");
    await holder.query("select from tributary.partner_sequences where partner_id = $1 for update", [
      site.partners[0]?.id,
    ]);
    expect((await tellStripe("flight", { tributary_customer: "customer" }, PERSON.customer)).status).toBe(200);
    const requests = IN_FLIGHT.map((name) => ask("POST", "/api/v1/transactions", { key: name, ...sale(name) }));
    // All of them wait for what is held: four requests, and the job of Stripe's message.
    await until(async () => {
      const [row] = await asOwnerOf<{ waiting: number }>(
        site.home,
        "select count(*)::int as waiting from pg_locks where not granted",
      );
      return (row?.waiting ?? 0) > IN_FLIGHT.length;
    });
    const server = site.server();
    server.kill("SIGTERM");
    await until(() => server.output().includes("Stopping (SIGTERM)"));
    await holder.query("rollback");
    await holder.end();
    expect((await Promise.all(requests)).map(({ status }) => status)).toEqual([200, 200, 200, 200]);
    expect(await server.exited).toBe(0);
    expect(server.output()).toContain("Stopped.");

    mailbox = await startMailbox({ folder: installations.folder(), smtpPort });
    await site.startServer();
    logs.push(site.server().output);
    // A registration that was answered while the mail server was down has its mail, once that is there and the job's pause is over.
    await asOwnerOf(site.home, "update tributary_jobs._private_jobs set run_at = now() where locked_at is null");
    const token = /token=([\w-]+)/.exec(await waitForMail(PERSON.partner))?.[1] ?? "";
    expect(token).not.toBe("");
    secrets.add(token);
    const recorded = () =>
      asOwnerOf<{ external_id: string }>(
        site.home,
        "select external_id from tributary.transactions order by external_id",
      );
    await until(async () => (await recorded()).length === IN_FLIGHT.length + 2);
    expect((await recorded()).map(({ external_id: name }) => name)).toEqual(
      expect.arrayContaining(["first", ...IN_FLIGHT]),
    );
    await site.expectProven();

    const verify = { token, password: PERSON.partnerPassword };
    expect((await ask("POST", "/api/v1/auth/verify-email", { isAnonymous: true, body: verify })).status).toBeLessThan(
      300,
    );
  });

  it("tells the programme's figures as the plan names them, and each moves with what happened", async () => {
    for (const { email, password } of [
      { email: PERSON.partner, password: PERSON.wrongPassword },
      { email: PERSON.stranger, password: PERSON.wrongPassword },
    ])
      expect((await ask("POST", "/api/v1/auth/sign-in", { isAnonymous: true, body: { email, password } })).status).toBe(
        401,
      );
    const signIn = async (email: string, password: string): Promise<{ authorization: string }> => {
      const { body, headers } = await ask("POST", "/api/v1/auth/sign-in", {
        isAnonymous: true,
        body: { email, password },
      });
      secrets.add(String(body["accessToken"]));
      for (const cookie of headers.getSetCookie()) secrets.add(/=([^;]{20,})/.exec(cookie)?.[1] ?? PERSON.admin);
      return { authorization: `Bearer ${String(body["accessToken"])}` };
    };
    const partner = { isAnonymous: true, headers: await signIn(PERSON.partner, PERSON.partnerPassword) };
    const bank = { kind: "bank_file", holder: PERSON.holder, iban: PERSON.iban };
    expect((await ask("PUT", "/api/v1/partners/payouts/method", { ...partner, body: bank })).status).toBe(200);
    expect(
      (
        await ask("POST", "/api/v1/partners/payouts/request", {
          ...partner,
          key: "payout",
          body: { currency: "USD", amount: "all" },
        })
      ).status,
    ).toBeGreaterThanOrEqual(400);
    await tellStripe("stranger", {}, PERSON.stranger);
    const admin = { isAnonymous: true, headers: await signIn(PERSON.admin, PERSON.adminPassword) };
    const suspend = { ...admin, key: "suspend", body: { reason: `Asked for by ${PERSON.stranger}` } };
    expect((await ask("PUT", `/api/v1/admin/partners/${site.partners[0]?.id}/suspend`, suspend)).status).toBe(200);
    await site.within(async (app) => {
      for (const job of app.cron.filter(({ name }) => name === "analytics.roll_up"))
        await runCronJob({ db: app.db, clock: systemClock, job });
    });
    scrapes.restarted = await scrape(site.url);

    const { quiet, restarted } = scrapes;
    const moved = (name: string, labels: Readonly<Record<string, string>> = {}) => [
      name,
      sumOf(quiet, name, labels) ?? 0,
      sumOf(restarted, name, labels) ?? 0,
    ];
    expect(moved("tributary_partner_registrations_per_day")).toEqual([expect.any(String), 0, 1 / 30]);
    expect(moved("tributary_click_conversion_ratio")).toEqual([expect.any(String), 0, 1]);
    expect(moved("tributary_revenue", { tier: "tier1", currency: "USD" })).toEqual([
      expect.any(String),
      0,
      5 * 9_900 + 4_200,
    ]);
    // A signup of 50.00, and a tenth of each payment.
    expect(moved("tributary_commission_earned", { currency: "USD" })).toEqual([
      expect.any(String),
      0,
      5_000 + 5 * 990 + 420,
    ]);
    expect(moved("tributary_partners", { status: "suspended" })).toEqual([expect.any(String), 0, 1]);
    expect(moved("tributary_funnel", { stage: "conversions" })).toEqual([expect.any(String), 0, 1]);
    const lastSuccess = { job: "analytics.roll_up" };
    expect(sumOf(restarted, "tributary_job_last_success_timestamp_seconds", lastSuccess)).toBeGreaterThan(
      begunAt.getTime() / 1_000,
    );
    for (const name of [
      "tributary_commission_per_partner",
      "tributary_job_failures_total",
      "tributary_job_duration_seconds",
      "tributary_payouts",
      "tributary_fraud_cases_open",
      "tributary_partners_unassessed",
    ])
      expect([name, sumOf(restarted, name)]).toEqual([name, expect.any(Number)]);
  });

  it.skipIf(!hasPromtool)(
    "raises no alert by what was scraped while all was well, and the right ones by what was scraped afterwards",
    () => {
      const { quiet, busy, busier, restarted } = scrapes;
      const firing = (...alerts: readonly (readonly [string, string])[]) => ({
        expr: 'ALERTS{alertstate="firing"}',
        exp_samples: alerts.map(([alertname, labels]) => ({
          labels: `ALERTS{alertname="${alertname}",alertstate="firing",${labels}}`,
          value: 1,
        })),
      });
      const tenant = /tenant="([^"]+)"/.exec([...restarted.keys()].join("\n"))?.[1] ?? "";
      const limited = ["TributaryRateLimitExceeded", 'severity="warning",route="/api/v1/auth/me"'] as const;
      const suspended = ["TributaryPartnerSuspended", `severity="info",tenant="${tenant}"`] as const;
      const file = join(mkdtempSync(join(tmpdir(), "tributary-alerts-")), "rules.test.json");
      installations.removeLater(join(file, ".."));
      const test = (scraped: readonly Scrape[], expected: readonly object[]) => ({
        interval: "1m",
        input_series: seriesOf(scraped),
        promql_expr_test: expected,
      });
      writeFileSync(
        file,
        JSON.stringify({
          rule_files: [RULES],
          evaluation_interval: "1m",
          tests: [
            test(
              [quiet, quiet],
              ["30m", "90m"].map((at) => ({ ...firing(), eval_time: at })),
            ),
            test(
              [busy, busier],
              [
                { ...firing(), eval_time: "59m" },
                { ...firing(limited), eval_time: "65m" },
              ],
            ),
            test(
              [quiet, restarted, restarted],
              [
                { ...firing(), eval_time: "59m" },
                { ...firing(suspended), eval_time: "65m" },
                { ...firing(), eval_time: "150m" },
              ],
            ),
          ],
        }),
      );
      const { status, stdout, stderr } = promtool("test", "rules", file);
      expect([status, stdout + stderr]).toEqual([0, expect.stringContaining("SUCCESS")]);
    },
  );

  it("logs every answer under its request's id, and nothing of people or secrets that went in", () => {
    const lines = logs.flatMap((output) =>
      output()
        .split("\n")
        .filter((line) => line.startsWith("{")),
    );
    const entries = lines.map(
      (line) => JSON.parse(line) as { reqId?: string; route?: string; status?: number; msg: string },
    );
    const byId = new Map(entries.filter(({ msg }) => msg === "answered").map((entry) => [entry.reqId, entry]));
    expect(answered.length).toBeGreaterThan(100);
    for (const { id, status } of answered) expect([id, byId.get(id)?.status]).toEqual([id, status]);
    expect(entries.map(({ msg }) => msg)).toContain("a job failed and will be tried again");

    expect(secrets.size).toBeGreaterThan(15);
    const text = lines.join("\n");
    // What is logged is found this way: the search looks.
    const known = answered[0]?.id ?? "";
    const shown = [known, ...secrets].filter((value) =>
      [value, encodeURIComponent(value), JSON.stringify(value).slice(1, -1)].some((form) => text.includes(form)),
    );
    expect(shown).toEqual([known]);
  });
});
