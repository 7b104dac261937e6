import { execFile } from "node:child_process";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { portalRoutes } from "../../server/src/app/runtime/portal-routes.ts";
import { hashPassword } from "../../server/src/identity/index.ts";
import { createHttpServer } from "../../server/src/platform/http/index.ts";
import { openApp, PASSWORD, type WholeApp } from "../../server/test/kit/app.ts";
import { smallList } from "../../server/test/kit/ofac-list.ts";
import { type ClonedDatabase, cloneDatabase } from "../../server/test/kit/postgres.ts";

export { PASSWORD };

const BUILD = fileURLToPath(new URL("../../scripts/run-build.mjs", import.meta.url));

export type PortalWorld = AsyncDisposable & {
  readonly world: WholeApp;
  readonly url: string;
  readonly database: ClonedDatabase;
  addMember(role: "admin" | "finance" | "support"): Promise<string>;
};

let built: Promise<unknown> | undefined;

/** The whole program with its portal, on a port and a database of its own. */
export async function openPortal(): Promise<PortalWorld> {
  built ??= promisify(execFile)("node", [BUILD]);
  await built;
  await using boot = new AsyncDisposableStack();
  const database: ClonedDatabase = await cloneDatabase();
  boot.defer(() => database.drop());
  const world = boot.use(await openApp(database));
  // A browser keeps its cookies by the machine's clock.
  world.clock.moveTo(new Date());
  const http = await createHttpServer({
    ...world.app.guards,
    logger: false,
    routes: [portalRoutes(), ...world.app.routes],
    trustProxy: false,
    publicUrl: "http://127.0.0.1",
  });
  boot.defer(() => http.close());
  const url = await http.listen({ host: "127.0.0.1", port: 0 });
  const passwordHash = await hashPassword(PASSWORD);
  const owned = boot.move();
  return {
    world,
    url,
    database,
    addMember: async (role) => {
      const email = `${role}@team.test`;
      await world.app.db.transaction(world.ctx(), (tx) =>
        world.app.identity.createUser(tx, { email, role, passwordHash, name: `Mara ${role}`, isEmailVerified: true }),
      );
      return email;
    },
    [Symbol.asyncDispose]: () => owned.disposeAsync(),
  };
}

const VISITOR = "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 Chrome/140.0 Safari/537.36";

/** Somebody clicks a link; returns the name of the click. */
export async function clickOn({ send }: WholeApp, code: string): Promise<string | null> {
  const click = await send("GET", `/r/${code}`, { headers: { "user-agent": VISITOR } });
  return new URL(String(click.headers["location"])).searchParams.get("tid");
}

/** Somebody clicks a link and becomes a customer. */
export async function convertThrough(world: WholeApp, code: string, customer: string): Promise<void> {
  const { send, clock, operatorKey } = world;
  const clickId = await clickOn(world, code);
  clock.advance(1000);
  await send("POST", "/api/v1/referrals/convert", {
    auth: operatorKey,
    key: `convert-${customer}`,
    body: { externalId: customer, clickId, email: `${customer}@customers.test` },
  });
  clock.advance(1000);
}

/** A customer pays: now, unless it is told of late. */
export async function pay({ send, clock, operatorKey }: WholeApp, customer: string, at = clock.now()): Promise<void> {
  await send("POST", "/api/v1/transactions", {
    auth: operatorKey,
    key: `sale-${customer}-${at.getTime()}`,
    body: {
      externalId: `invoice-${customer}-${at.getTime()}`,
      customerExternalId: customer,
      kind: "payment",
      amount: 12_000,
      tax: 2_000,
      currency: "USD",
      occurredAt: at.toISOString(),
    },
  });
}

/** Somebody clicks a link, becomes a customer, and pays. */
export async function sellThrough(world: WholeApp, code: string, customer: string): Promise<void> {
  await convertThrough(world, code, customer);
  await pay(world, customer);
  await world.settle();
  await world.wake("analytics.roll_up");
  await world.settle();
}

/** A text to accept and one that was, and a partner whose name is like one on the list. Returns the addresses of both in the operator's portal. */
export async function screenAndAgree(
  world: WholeApp,
  partner: { readonly id: string; readonly auth: string },
): Promise<readonly string[]> {
  const { send, operatorKey, app, ctx } = world;
  const { compliance } = app;
  const text = { blocksPayouts: true, blocksApproval: false, graceDays: 30 };
  const agreement = await compliance.createAgreement(ctx(), {
    ...text,
    name: "Partner agreement",
    tiers: ["tier1", "tier2"],
    title: "Partner agreement",
    body: "## 1. What partners do\n\nPartners tell people of the product.\n\n- They say that they earn by it.\n- They promise nobody an income.",
  });
  for (const { id, textHash } of agreement.versions)
    await compliance.publishVersion(ctx(), { versionId: id, readHash: textHash });
  await compliance.draftVersion(ctx(), {
    ...text,
    agreementId: agreement.id,
    title: "Partner agreement",
    body: "Soon.",
  });
  await compliance.importList(ctx(), {
    source: "ofac",
    files: smallList([
      {
        number: 306,
        name: "GREEN HARBOUR TRADING",
        aliases: ["GREEN HARBOR", "GHT SHIPPING AND GENERAL TRADING"],
        country: "Iran",
        remarks: "Linked To: SOMEBODY ELSE; Additional Sanctions Information - Subject to Secondary Sanctions.",
      },
    ]),
    encoding: "utf-8",
    asOf: ctx().now,
    confirmedAt: ctx().now,
  });
  await compliance.changeScreening(ctx(), { isEnabled: true });
  await send("PUT", "/api/v1/partners/profile", {
    auth: partner.auth,
    body: { companyName: "Green Harbor Trading", country: "GB" },
  });
  await world.settle();
  const [found] = (await compliance.findCases(ctx(), { partnerId: partner.id })).data;
  const answer = await send("POST", `/api/v1/admin/screening/cases/${found?.id}/votes`, {
    auth: operatorKey,
    body: { verdict: "clear", reason: "A key decides nothing", round: 1 },
  });
  if (found === undefined || answer.status !== 403) throw new Error("there is no case, or a key has decided it");
  return [`/screening?open=${found.id}`, `/agreements?open=${agreement.id}`];
}

/** A partner disputes a number, reports a missing one, and owes an invoice. Returns the addresses of all three in the portal. */
export async function disputeAndInvoice(
  world: WholeApp,
  partner: { readonly id: string; readonly auth: string },
): Promise<readonly string[]> {
  const { send, clock, operatorKey } = world;
  const commissions = await send<{ data: { id: string }[] }>("GET", "/api/v1/partners/commissions?type=recurring", {
    auth: partner.auth,
  });
  const dispute = async (key: string, body: object): Promise<string> => {
    const answer = await send<{ id: string }>("POST", "/api/v1/partners/commissions/dispute", {
      auth: partner.auth,
      key,
      body: { ...body, reason: "The rate should be higher." },
    });
    return answer.body.id;
  };
  const number = await dispute("dispute-number", { commissionId: commissions.body.data[0]?.id });
  const missing = await dispute("dispute-missing", { missing: { kind: "customer", reference: "katherine" } });
  const says = { question: "Which rate do you mean?", note: "The receipt looks right to me." };
  for (const [kind, body] of Object.entries(says))
    await send("POST", `/api/v1/admin/commissions/disputes/${number}/messages`, {
      auth: operatorKey,
      key: kind,
      body: { kind, body },
    });
  await send("PUT", `/api/v1/admin/fees/agreements/${partner.id}`, {
    auth: operatorKey,
    body: {
      startsOn: clock.now().toISOString().slice(0, 10),
      endsOn: null,
      supportFrom: null,
      maySetOff: true,
      dueDays: 14,
    },
  });
  const invoice = await send<{ id: string }>("POST", "/api/v1/admin/invoices", {
    auth: operatorKey,
    key: "invoice",
    body: {
      partnerId: partner.id,
      currency: "USD",
      lines: [{ description: "Integration", quantity: 2, unitAmount: 25_000 }],
    },
  });
  await send("POST", `/api/v1/admin/invoices/${invoice.body.id}/payment`, {
    auth: operatorKey,
    key: "payment",
    body: { amount: 10_000, reference: "Bank 4711" },
  });
  if (![number, missing, invoice.body.id].every(Boolean)) throw new Error("the disputes and the invoice were refused");
  return [`/disputes?open=${number}`, `/disputes?open=${missing}`, `/fees?open=${invoice.body.id}`];
}

const ACCOUNT = { kind: "bank_file", holder: "Ada", iban: "DE89370400440532013000" };

/** Two customers who pay from the partner's own account: one case is open, one refused. Returns where each is shown. */
export async function suspectCustomers(
  { send, http, operatorKey }: WholeApp,
  partner: { readonly id: string; readonly auth: string; readonly referralCode: string },
  admin: string,
): Promise<readonly string[]> {
  await send("PUT", "/api/v1/partners/payouts/method", { auth: partner.auth, body: ACCOUNT });
  for (const customer of ["ida", "emmy"]) {
    const { headers } = await http.inject({
      method: "GET",
      url: `/r/${partner.referralCode}`,
      headers: { host: "operator.test", "user-agent": "Mozilla/5.0 (X11; Linux x86_64) Chrome/140.0 Safari/537.36" },
    });
    const clickId = new URL(String(headers.location)).searchParams.get("tid");
    await send("POST", "/api/v1/referrals/convert", {
      auth: operatorKey,
      key: `convert-${customer}`,
      body: { externalId: customer, clickId, email: `${customer}@mailinator.com`, paymentAccount: ACCOUNT.iban },
    });
  }
  const { body } = await send<{ data: { id: string }[] }>("GET", "/api/v1/admin/fraud/cases", { auth: operatorKey });
  const ids = body.data.map(({ id }) => id);
  const refused = ids[0] ?? "";
  await send("POST", `/api/v1/admin/fraud/cases/${refused}/decide`, {
    auth: admin,
    body: { decision: "refuse", reason: "The customer pays from your own account." },
  });
  await send("POST", `/api/v1/partners/reviews/${ids[1] ?? ""}/appeal`, {
    auth: partner.auth,
    body: { message: "Ida is my landlady: we share one account for the house." },
  });
  return ids.map((id) => `/fraud?open=${id}`);
}
