import { join } from "node:path";
import { type Mailbox, startMailbox } from "@tributary/sandbox";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { urlsOf } from "../../src/app/database/embedded-postgres.ts";
import { readPrivateFile } from "../../src/app/runtime/private-file.ts";
import { LIMITS } from "../../src/platform/rate-limit/index.ts";
import { type FaultSite, openFaultSite, type Reply, type Send, senderTo, tidOf } from "../kit/fault-site.ts";
import { asOwnerOf, clusterOf, createInstallations } from "../kit/installations.ts";
import { freePort, until } from "../kit/server-process.ts";

const PATIENCE_MS = 240_000;
const installations = createInstallations();

let mailbox: Mailbox;
let site: FaultSite;
/** How to send to the one server and to the other. */
let doors: readonly Send[];
beforeAll(async () => {
  mailbox = await startMailbox({ folder: installations.folder() });
  const shared = { SMTP_URL: mailbox.smtpUrl, DATABASE_POOL_MAX: "12", TRUST_PROXY: "true", LOG_LEVEL: "fatal" };
  site = await openFaultSite({ partners: 2, environment: shared });
  const { serverUrl, ownerUrl } = urlsOf(clusterOf(site.home));
  const secrets = readPrivateFile(join(site.home, "secrets.json")) as Record<string, string> & {
    signingKeys: string[];
  };
  const port = await freePort();
  const second = await installations.start({
    home: join(installations.folder(), "home"),
    port,
    environment: {
      ...shared,
      DATABASE_URL: serverUrl,
      DATABASE_MIGRATE_URL: ownerUrl,
      TRIBUTARY_PEPPER: secrets["pepper"] ?? "",
      TRIBUTARY_ENCRYPTION_KEY: secrets["encryptionKey"] ?? "",
      TRIBUTARY_SIGNING_KEYS: secrets.signingKeys.join(","),
    },
  });
  doors = [site.send, senderTo(second.url, site.operatorKey)];
}, PATIENCE_MS);
afterAll(async () => {
  // The second goes before the database of the first.
  await installations.cleanUp();
  await site?.[Symbol.asyncDispose]();
  await mailbox?.close();
}, PATIENCE_MS);

/** The same at both servers at once. */
const race = (call: (door: Send, which: number) => Promise<Reply>): Promise<Reply[]> => Promise.all(doors.map(call));
const bodyOf = ({ text }: Reply): Record<string, unknown> => JSON.parse(text) as Record<string, unknown>;
const names = (what: string, count: number): string[] =>
  Array.from({ length: count }, (_, index) => `${what}-${index}`);

describe("two servers on one database", () => {
  it("keep one limit, exactly", async () => {
    // Nobody is signed in: who is let through by the limit is told so.
    const caller = { isAnonymous: true, headers: { "x-forwarded-for": "203.0.113.77" } };
    const replies = await Promise.all(
      names("turn", LIMITS.anonymous.points).map(() => race((send) => send("GET", "/api/v1/auth/me", caller))),
    );
    const statuses = replies.flat().map(({ status }) => status);
    expect(statuses.filter((status) => status === 401)).toHaveLength(LIMITS.anonymous.points);
    expect(statuses.filter((status) => status === 429)).toHaveLength(LIMITS.anonymous.points);
  });

  it(
    "tie a customer who converts at both at once to one partner, and record what both report once",
    async () => {
      const customers = names("raced", 12);
      const clicks = await Promise.all(
        customers.map(async () => [tidOf(await site.visit()), tidOf(await site.visit())]),
      );
      const conversions = await Promise.all(
        customers.map((externalId, index) =>
          race((send, which) =>
            send("POST", "/api/v1/referrals/convert", {
              key: `convert-${externalId}-${which}`,
              body: { externalId, clickId: clicks[index]?.[which], email: `${externalId}@customers.test` },
            }),
          ),
        ),
      );
      expect(conversions.flat().filter(({ status }) => status !== 200 && status !== 201 && status !== 409)).toEqual([]);
      const referrals = await asOwnerOf<{ customers: number; referrals: number }>(
        site.home,
        `select count(*)::int as referrals, count(distinct referred_user_id)::int as customers
           from tributary.referrals where conversion_date is not null`,
      );
      expect(referrals).toEqual([{ customers: customers.length, referrals: customers.length }]);

      const transactions = customers.map((customerExternalId) => ({
        externalId: `${customerExternalId}-sale`,
        customerExternalId,
        kind: "payment",
        amount: 10_000,
        currency: "USD",
        occurredAt: new Date().toISOString(),
      }));
      const reports = await race((send, which) =>
        send("POST", "/api/v1/transactions", {
          key: `report-${which}`,
          body: { transactions: which === 0 ? transactions : transactions.toReversed() },
        }),
      );
      const outcomes = reports.flatMap((reply) => bodyOf(reply)["results"] as { externalId: string; status: string }[]);
      const by = Object.groupBy(outcomes, ({ status }) => status);
      for (const status of ["recorded", "duplicate"])
        expect(new Set(by[status]?.map(({ externalId }) => externalId)).size).toBe(customers.length);
      expect(outcomes).toHaveLength(customers.length * 2);
      await site.expectProven();
    },
    PATIENCE_MS,
  );

  it(
    "do each job once",
    async () => {
      const emails = names("invited", 40).map((name) => `${name}@partners.test`);
      const replies = await Promise.all(
        emails.map(async (email, index) =>
          doors[index % doors.length]?.("POST", "/api/v1/admin/partners/invitations", {
            key: `invite-${email}`,
            body: { emails: [email] },
          }),
        ),
      );
      expect(new Set(replies.map((reply) => reply?.status))).toEqual(new Set([201]));
      await until(
        async () =>
          (await asOwnerOf(site.home, "select 1 from tributary_jobs._private_jobs where attempts < max_attempts"))
            .length === 0,
      );
      const sent = mailbox.messages().flatMap(({ recipients }) => recipients);
      expect(sent.toSorted((a, b) => a.localeCompare(b))).toEqual(emails.toSorted((a, b) => a.localeCompare(b)));
    },
    PATIENCE_MS,
  );
});
