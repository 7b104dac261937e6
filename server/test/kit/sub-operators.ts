import { prove } from "../../src/app/prove/prove.ts";
import { newId } from "../../src/kernel/id.ts";
import { type Ctx, systemContext } from "../../src/platform/context.ts";
import { PASSWORD, type WholeApp } from "./app.ts";
import type { CardSide } from "./cards.ts";
import { addStaff } from "./staff.ts";
import { BROWSER } from "./two-tenants.ts";

type Body = Record<string, unknown>;
type Sent = { readonly auth?: string; readonly body?: object; readonly key?: string };

/** Asks and answers on one host. */
export type At = (
  method: "GET" | "POST" | "PUT" | "PATCH" | "DELETE",
  url: string,
  sent?: Sent,
) => Promise<{ status: number; body: Body; headers: Body }>;

export const atHost =
  (world: WholeApp, host: string): At =>
  (method, url, sent = {}) =>
    world.send(method, url, { ...sent, headers: { host, "user-agent": BROWSER } });

/** Sends what must go well, and returns its answer's body. */
export async function done(at: At, ...request: Parameters<At>): Promise<Body> {
  const { status, body } = await at(...request);
  if (status >= 400) throw new Error(`${request[0]} ${request[1]}: ${status} ${JSON.stringify(body)}`);
  return body;
}

/** An admin of the operator, signed in. */
export async function addAdmin(world: WholeApp): Promise<string> {
  const { email } = await addStaff(world, { role: "admin", name: "Ada" });
  return world.signIn(email);
}

export const NO_LIMITS = { maxPartners: null, maxRate: null, currencies: null, countries: null };

/** An active partner of the third tier. */
export async function addBank(world: WholeApp, admin: string): Promise<string> {
  const { id } = await world.addPartner({ email: `bank-${newId()}@banks.test`, partnerType: "whitelabel" });
  await world.send("PUT", `/api/v1/admin/partners/${id}/approve`, { auth: admin, body: {} });
  return id;
}

/** A sub-operator with its first admin, who came by the mail. */
export type SubOperatorAt = {
  readonly id: string;
  readonly partnerId: string;
  readonly host: string;
  readonly admin: string;
  /** A key of its own with every scope. */
  readonly key: string;
  readonly at: At;
  readonly ctx: () => Ctx;
};

/** Makes a partner of the third tier a sub-operator that takes registrations; the session is good for ten minutes of the clock. */
export async function addSubOperator(world: WholeApp, admin: string, more: object = {}): Promise<SubOperatorAt> {
  const partnerId = await addBank(world, admin);
  const operator = atHost(world, "operator.test");
  const [host, email] = [`${newId()}.bank.test`, `first-${newId()}@bank.test`];
  const made = await done(operator, "POST", "/api/v1/admin/sub-operators", {
    auth: admin,
    body: { partnerId, name: "Harbour Bank", host, admin: { email, name: "Bo" }, limits: NO_LIMITS, ...more },
  });
  await world.settle();
  const at = atHost(world, host);
  const mail = world.mails.findLast((one) => one.to === email);
  const token = /token=([\w-]+)/.exec(mail?.text ?? "")?.[1];
  await done(at, "POST", "/api/v1/auth/accept-invitation", { body: { token, password: PASSWORD } });
  const session = await signInAt(at, email);
  await done(at, "PUT", "/api/v1/admin/program", {
    auth: session,
    body: { destinationHosts: ["shop.test"], defaultDestination: "https://shop.test/" },
  });
  await done(at, "PUT", "/api/v1/admin/features/partner-program", { auth: session, body: { isEnabled: true } });
  const key = await done(at, "POST", "/api/v1/admin/api-keys", {
    auth: session,
    body: { name: "A key", scopes: ["transactions:write", "referrals:convert", "commissions:read"] },
  });
  const id = String(made["id"]);
  return {
    id,
    partnerId,
    host,
    admin: session,
    key: `Basic ${Buffer.from(`${String(key["apiKey"])}:${String(key["secret"])}`).toString("base64")}`,
    at,
    ctx: () => systemContext({ tenantId: id, job: "test", now: world.clock.now() }),
  };
}

export async function signInAt(at: At, email: string): Promise<string> {
  const { accessToken } = await done(at, "POST", "/api/v1/auth/sign-in", { body: { email, password: PASSWORD } });
  return `Bearer ${String(accessToken)}`;
}

/** Somebody registers at a sub-operator and verifies their e-mail. */
export async function registerAt(world: WholeApp, at: At, more: object = {}) {
  const email = `partner-${newId()}@partners.test`;
  await done(at, "POST", "/api/v1/partners/register", {
    body: { email, password: PASSWORD, name: "Cy", partnerType: "affiliate", ...more },
  });
  await world.settle();
  const mail = world.mails.findLast((one) => one.to === email);
  const token = /token=([\w-]+)/.exec(mail?.text ?? "")?.[1];
  await done(at, "POST", "/api/v1/auth/verify-email", { body: { token, password: PASSWORD } });
  const auth = await signInAt(at, email);
  const { id, referralCode, status } = await done(at, "GET", "/api/v1/partners/profile", { auth });
  return { id: String(id), referralCode: String(referralCode), status: String(status), auth };
}

/** A sub-operator's side for the steps with cards. */
export const cardSideOf = (
  { id, ctx, admin, at }: SubOperatorAt,
  partner: { readonly id: string; readonly auth: string },
): CardSide => ({
  tenantId: id,
  ctx,
  admin,
  partner,
  send: async (method, url, { auth, body, key } = {}) => {
    const answer = await at(method as Parameters<At>[0], url, {
      ...(auth === undefined ? {} : { auth }),
      ...(key === undefined ? {} : { key }),
      ...(body === undefined ? {} : { body: body as object }),
    });
    return { ...answer, text: JSON.stringify(answer.body) };
  },
});

let turn = 0;

/** Reports what a sub-operator sold, or what was taken back of it; returns the external id. */
export async function report(world: WholeApp, { at, key }: SubOperatorAt, event: object): Promise<string> {
  const externalId = `event-${(turn += 1)}`;
  const { results } = await done(at, "POST", "/api/v1/transactions", {
    auth: key,
    key: newId(),
    body: {
      externalId,
      customerExternalId: "a customer",
      createCustomer: true,
      kind: "payment",
      amount: 12_000,
      tax: 2_000,
      currency: "USD",
      occurredAt: world.clock.now().toISOString(),
      ...event,
    },
  });
  const [result] = results as { status: string }[];
  if (result?.status === "rejected") throw new Error(JSON.stringify(result));
  return externalId;
}

/** What contradicts the books of a tenant. */
export async function breaksIn({ app }: WholeApp, ctx: Ctx): Promise<string[]> {
  const found: string[] = [];
  for await (const { name, breaks } of prove({ db: app.db, ctx, moduleChecks: app.moduleChecks }))
    found.push(...breaks.map((what) => `${name}: ${what}`));
  return found;
}
