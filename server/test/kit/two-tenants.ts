import type { Composition } from "../../src/app/compose.ts";
import { KEY_SCOPES } from "../../src/identity/index.ts";
import { newId } from "../../src/kernel/id.ts";
import { type Ctx, systemContext } from "../../src/platform/context.ts";
import { openApp, PASSWORD, TIERS, type WholeApp } from "./app.ts";
import { type Everything, serveEverything } from "./declared-routes.ts";
import type { ClonedDatabase } from "./postgres.ts";
import { seedTenant } from "./seed.ts";
import { addStaff } from "./staff.ts";

export const BROWSER = "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 Chrome/140.0 Safari/537.36";

export type Sent = {
  readonly auth?: string | undefined;
  readonly query?: Readonly<Record<string, unknown>> | undefined;
  readonly body?: unknown;
  /** An Idempotency-Key. */
  readonly key?: string | undefined;
  readonly headers?: Readonly<Record<string, string>> | undefined;
};

export type Got = {
  readonly status: number;
  readonly text: string;
  readonly headers: Readonly<Record<string, unknown>>;
  /** Of a JSON answer; empty of another. */
  readonly body: Record<string, unknown>;
};

export type Send = (method: string, url: string, sent?: Sent) => Promise<Got>;

/** Who has joined a side: an Authorization header and an id. */
export type PartnerAt = {
  readonly id: string;
  readonly auth: string;
  readonly email: string;
  readonly referralCode: string;
};

/** One tenant with everybody who may call it. */
export type Side = {
  readonly tenantId: string;
  readonly host: string;
  readonly ctx: () => Ctx;
  readonly app: Composition;
  readonly send: Send;
  readonly admin: string;
  readonly finance: string;
  readonly support: string;
  /** Two active partners of a tier that has the API. */
  readonly partner: PartnerAt;
  readonly rival: PartnerAt;
  /** Keys with every scope that they may have. */
  readonly operatorKey: string;
  readonly partnerKey: string;
  /** Somebody else who registers and verifies their e-mail: a pending partner where the tier waits for approval. */
  register(partnerType: string): Promise<PartnerAt>;
  /** Somebody else on the team, signed in. */
  addMember(role: "admin" | "finance" | "support"): Promise<string>;
  /** Somebody who takes an invitation to a partner's team, signed in. */
  addColleague(partner: PartnerAt, role: "manager" | "finance" | "viewer"): Promise<string>;
  makeKey(auth: string, owner: "partner" | "admin", scopes: readonly string[]): Promise<{ id: string; auth: string }>;
};

export type TwoTenants = AsyncDisposable & {
  readonly world: WholeApp;
  readonly everything: Everything;
  readonly ours: Side;
  readonly theirs: Side;
};

/** The whole program with two tenants on it, the operator's and another's, each with its people, partners and keys. */
export async function openTwoTenants(
  database: ClonedDatabase,
  config: Parameters<typeof openApp>[1] = {},
): Promise<TwoTenants> {
  await using boot = new AsyncDisposableStack();
  const world = boot.use(await openApp(database, config));
  const everything = await serveEverything(world.app);
  boot.defer(() => everything.http.close());

  const theirId = await seedTenant(database, { at: world.clock.now(), isOperator: false });
  const theirCtx = () => systemContext({ tenantId: theirId, job: "test", now: world.clock.now() });
  await world.app.db.transaction(theirCtx(), (tx) =>
    world.app.programs.createProgram(tx, {
      name: "Theirs",
      tiers: TIERS,
      currency: "USD",
      destinationHosts: ["shop.test"],
      defaultDestination: "https://shop.test/",
    }),
  );
  await world.app.flags.setFlag(theirCtx(), { key: "partner-program", isEnabled: true });

  const ours = await openSide({ world, everything, host: "operator.test", ctx: world.ctx });
  const theirs = await openSide({ world, everything, host: `${theirId}.test`, ctx: theirCtx });
  const owned = boot.move();
  return { world, everything, ours, theirs, [Symbol.asyncDispose]: () => owned.disposeAsync() };
}

type Opening = { world: WholeApp; everything: Everything; host: string; ctx: () => Ctx };

async function openSide({ world, everything, host, ctx }: Opening): Promise<Side> {
  const send = senderTo(everything, host);
  const signIn = async (email: string): Promise<string> => {
    const answer = await send("POST", "/api/v1/auth/sign-in", { body: { email, password: PASSWORD } });
    return `Bearer ${String(answer.body["accessToken"])}`;
  };
  const addMember = async (role: "admin" | "finance" | "support"): Promise<string> => {
    const { email } = await addStaff({ app: world.app, ctx }, { role });
    return signIn(email);
  };
  const [admin, finance, support] = [await addMember("admin"), await addMember("finance"), await addMember("support")];

  const register: Side["register"] = async (partnerType) => {
    const email = `${newId()}@partners.test`;
    await send("POST", "/api/v1/partners/register", { body: { email, password: PASSWORD, name: "Ada", partnerType } });
    await world.settle();
    const mail = world.mails.findLast((one) => one.to === email);
    const token = /token=([\w-]+)/.exec(mail?.text ?? "")?.[1];
    await send("POST", "/api/v1/auth/verify-email", { body: { token, password: PASSWORD } });
    const auth = await signIn(email);
    const { body } = await send("GET", "/api/v1/partners/profile", { auth });
    return { id: String(body["id"]), referralCode: String(body["referralCode"]), auth, email };
  };
  const addColleague: Side["addColleague"] = async (partner, role) => {
    const [auth, email] = [await signIn(partner.email), `${role}-${newId()}@colleagues.test`];
    await send("POST", "/api/v1/partners/team", { auth, body: { email, role } });
    await world.settle();
    const token = /token=([\w-]+)/.exec(world.mails.findLast(({ to }) => to === email)?.text ?? "")?.[1];
    await send("POST", "/api/v1/auth/join-team", { body: { token, name: role, password: PASSWORD } });
    return signIn(email);
  };
  /** Of the fourth tier, which has the API. */
  const addActive = async (): Promise<PartnerAt> => {
    const partner = await register("technology");
    await send("PUT", `/api/v1/admin/partners/${partner.id}/approve`, { auth: admin, body: {} });
    return partner;
  };
  const makeKey: Side["makeKey"] = async (auth, owner, scopes) => {
    const url = owner === "admin" ? "/api/v1/admin/api-keys" : "/api/v1/partners/api-keys";
    const { text } = await send("POST", url, { auth, body: { name: "A key", scopes } });
    const { id, apiKey, secret } = JSON.parse(text) as { id: string; apiKey: string; secret?: string };
    if (secret === undefined) throw new Error(`no key was made: ${text}`);
    return { id, auth: `Basic ${Buffer.from(`${apiKey}:${secret}`).toString("base64")}` };
  };
  const [partner, rival] = [await addActive(), await addActive()];
  return {
    tenantId: ctx().tenantId,
    host,
    ctx,
    app: world.app,
    send,
    admin,
    finance,
    support,
    partner,
    rival,
    operatorKey: (await makeKey(admin, "admin", KEY_SCOPES.operator)).auth,
    partnerKey: (await makeKey(partner.auth, "partner", KEY_SCOPES.partner)).auth,
    register,
    addMember,
    addColleague,
    makeKey,
  };
}

let caller = 0;

/** Sends to one tenant's host, each time from another address. */
const senderTo =
  ({ http }: Everything, host: string): Send =>
  async (method, url, { auth, query, body, key, headers } = {}) => {
    caller += 1;
    const address = `2001:db8:${(caller >> 16).toString(16)}:${(caller & 0xffff).toString(16)}::1`;
    const answer = await http.inject({
      method: method as "GET",
      url,
      headers: {
        host,
        "user-agent": BROWSER,
        "x-forwarded-for": address,
        ...(auth === undefined ? {} : { authorization: auth }),
        ...(key === undefined ? {} : { "idempotency-key": key }),
        ...headers,
      },
      ...(query === undefined ? {} : { query: query as Record<string, string> }),
      ...(body === undefined ? {} : { payload: body as object }),
    });
    const isJson = String(answer.headers["content-type"] ?? "").includes("json") && answer.body !== "";
    return {
      status: answer.statusCode,
      text: answer.body,
      headers: answer.headers,
      body: isJson ? (answer.json() as Record<string, unknown>) : {},
    };
  };
