import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { prove } from "../../src/app/prove/prove.ts";
import { newId } from "../../src/kernel/id.ts";
import type { DeclaredRoute } from "../kit/declared-routes.ts";
import { playJourney } from "../kit/journey.ts";
import { CLAIM, forgetSomebody, minuteAhead } from "../kit/journey-scenes.ts";
import {
  convert,
  fresh,
  fund,
  grant,
  makeBatch,
  must,
  type Objects,
  ownBank,
  requestPayout,
  takeBackLarge,
  visit,
} from "../kit/journey-steps.ts";
import { otherwise } from "../kit/otherwise.ts";
import { type ClonedDatabase, cloneDatabase } from "../kit/postgres.ts";
import {
  newAgreement,
  newDebtor,
  newFraudCase,
  newSetOff,
  publishedAgreement,
  RULES,
  refusedCase,
  refusedPartner,
} from "../kit/ready-things.ts";
import type { WellFormed } from "../kit/request-parts.ts";
import { REQUESTS } from "../kit/requests.ts";
import { openTwoTenants, type Sent, type TwoTenants } from "../kit/two-tenants.ts";

/** Where money moves, or what moves money is reported. */
const REQUIRED = [
  "POST /api/v1/admin/commissions/grant",
  "POST /api/v1/admin/commissions/reassess",
  "POST /api/v1/admin/commissions/write-off",
  "POST /api/v1/admin/fees/budgets",
  "POST /api/v1/admin/fees/budgets/claims/:id/approve",
  "POST /api/v1/admin/fees/card-usage",
  "POST /api/v1/admin/invoices",
  "POST /api/v1/admin/invoices/:id/credit",
  "POST /api/v1/admin/invoices/:id/payment",
  "POST /api/v1/admin/invoices/:id/set-off",
  "POST /api/v1/admin/invoices/:id/set-off/undo",
  "POST /api/v1/admin/payout-batches",
  "POST /api/v1/admin/payout-batches/:id/release",
  "POST /api/v1/admin/payouts/:id/return",
  "POST /api/v1/admin/payouts/:id/settle",
  "POST /api/v1/admin/payouts/process",
  "POST /api/v1/admin/payouts/request",
  "POST /api/v1/admin/program/plans/:id/backdate",
  "POST /api/v1/admin/referrals/:id/reattribute",
  "POST /api/v1/admin/sub-operators/:id/settlements",
  "POST /api/v1/partners/budgets/claims",
  "POST /api/v1/partners/payouts/request",
  "POST /api/v1/transactions",
];
const SECRET = [
  "POST /api/v1/admin/api-keys",
  "POST /api/v1/admin/partners/:id/look",
  "POST /api/v1/admin/payouts/bank-file",
  "POST /api/v1/admin/revenue/sources",
  "POST /api/v1/admin/revenue/sources/:id/rotate",
  "POST /api/v1/partner-api/webhooks",
  "POST /api/v1/partners/api-keys",
  "POST /api/v1/webhooks/endpoints",
  "POST /api/v1/webhooks/endpoints/:id/rotate-secret",
];
/** Authentication, tracking, what its sender has signed and named, and what changes nothing or is safe to repeat by nature. */
const NONE =
  /^POST (\/auth\/|\/notices\/unsubscribe$|\/api\/v1\/(auth\/|referrals\/(track|validate)$|webhooks\/stripe-(connect$|billing\/)|intake\/|partner-api\/auth$|webhooks\/card-issuer\/|admin\/fraud\/rules\/back-test$|.*analytics\/export$|(admin|partners)\/commissions\/preview$|admin\/commissions\/(calculate|reassess\/preview)$|admin\/program\/plans\/(simulate|[^/]+\/backdate\/preview)$|admin\/notice-templates\/[^/]+\/(preview|test)$|admin\/test-mode(\/refresh)?$))/;

let database: ClonedDatabase;
let tenants: TwoTenants;
let objects: Objects;

beforeAll(async () => {
  database = await cloneDatabase();
  tenants = await openTwoTenants(database);
  objects = await playJourney(tenants, tenants.ours);
  await must(tenants.ours, "PUT", "/api/v1/partners/payouts/method", {
    auth: tenants.ours.rival.auth,
    body: ownBank(),
  });
});
afterAll(async () => {
  await tenants?.[Symbol.asyncDispose]();
  await database?.drop();
});

const byId = (id: string, body?: Readonly<Record<string, unknown>>): WellFormed => ({
  params: { id },
  ...(body && { body }),
});
const reason = "A reason";

async function completedPayout(): Promise<string> {
  const payoutId = await releasedByHand();
  await tenants.world.settle();
  return payoutId;
}

/** It is on its way, and its job has not run. */
async function releasedByHand(): Promise<string> {
  const { ours } = tenants;
  const payoutId = await requestPayout(ours, ours.rival);
  await must(ours, "POST", "/api/v1/admin/payouts/process", {
    auth: ours.admin,
    key: fresh("key"),
    body: { payoutId },
  });
  return payoutId;
}

const idFrom = async (url: string, sent: Sent): Promise<string> =>
  String((await must(tenants.ours, "POST", url, sent))["id"]);

const newDispute = async (): Promise<string> => {
  const body = { commissionId: await grant(tenants.ours, objects.partner), reason };
  return idFrom("/api/v1/partners/commissions/dispute", { auth: tenants.ours.partner.auth, body });
};

/** Nobody was paid then, so that it closes. */
let yearToClose = 2020;
const newClaim = async (): Promise<string> =>
  idFrom("/api/v1/partners/budgets/claims", {
    auth: tenants.ours.partner.auth,
    key: fresh("key"),
    body: { budgetId: objects.budget, ...CLAIM },
  });

/** Where a request can be carried out once only, one that can be: on a thing made for it. The others are well formed as they stand. */
const READY: Readonly<Record<string, () => Promise<WellFormed>>> = {
  "POST /api/v1/admin/tax/years/:year/close": async () => ({
    params: { year: String((yearToClose -= 1)) },
    body: { leaveOutMissing: false },
  }),
  "POST /api/v1/admin/agreements/:id/versions": async () =>
    byId((await publishedAgreement(tenants.ours)).id, { ...RULES }),
  "POST /api/v1/admin/agreement-versions/:id/publish": async () => {
    const { versionId, textHash } = await newAgreement(tenants.ours);
    return byId(versionId, { readHash: textHash });
  },
  "POST /api/v1/partners/agreements/:id/accept": () =>
    publishedAgreement(tenants.ours).then(({ versionId, textHash }) => byId(versionId, { textHash })),
  "POST /api/v1/admin/fraud/cases/:id/decide": async () =>
    byId(await newFraudCase(tenants.ours), { decision: "refuse", reason, takesBackApproved: false }),
  "POST /api/v1/partners/reviews/:id/appeal": async () =>
    byId(await refusedCase(tenants.ours), { message: "They are my employer." }),
  "POST /api/v1/admin/branding/restore": async () => {
    const { version } = await must(tenants.ours, "GET", "/api/v1/brand", {});
    return { body: { version, restores: 1 } };
  },
  "POST /api/v1/admin/invoices/:id/set-off": () =>
    fund(tenants.ours, objects.partner, 1_000).then(() => byId(objects.invoice, { amount: 1 })),
  "POST /api/v1/admin/invoices/:id/set-off/undo": async () =>
    byId(objects.invoice, { settlementId: await newSetOff(tenants.ours, objects), reason }),
  "POST /api/v1/admin/fees/budgets/claims/:id/approve": async () => byId(await newClaim(), { amount: 1, reason }),
  "POST /api/v1/admin/fees/budgets/claims/:id/reject": async () => byId(await newClaim(), { reason }),
  "POST /api/v1/partners/referrals/links/:id/archive": async () =>
    byId(await idFrom("/api/v1/partners/referrals/link", { auth: tenants.ours.partner.auth, body: {} })),
  "POST /api/v1/referrals/signup": async () => ({
    body: { externalId: fresh("customer"), clickId: await visit(tenants.ours, objects.referralCode) },
  }),
  "POST /api/v1/admin/referrals/:id/reject": async () =>
    byId((await convert(tenants.ours, tenants.ours.partner)).referral, { reason }),
  "POST /api/v1/admin/referrals/:id/reattribute": async () =>
    byId((await convert(tenants.ours, tenants.ours.partner)).referral, { partner: tenants.ours.rival.id, reason }),
  "POST /api/v1/admin/coupons/:id/archive": async () =>
    byId(
      await idFrom("/api/v1/admin/coupons", {
        auth: tenants.ours.admin,
        body: { partnerId: objects.partner, code: fresh("C") },
      }),
    ),
  "POST /api/v1/partners/commissions/dispute": async () => ({
    body: { commissionId: await grant(tenants.ours, objects.partner), reason },
  }),
  "POST /api/v1/admin/commissions/write-off": async () => ({
    body: { partnerId: await newDebtor(tenants), currency: "USD", amount: 1_000, reason },
  }),
  "POST /api/v1/admin/commissions/:id/approve": async () => byId(await grant(tenants.ours, objects.partner)),
  "POST /api/v1/admin/commissions/:id/cancel": async () => byId(await grant(tenants.ours, objects.partner), { reason }),
  "POST /api/v1/partners/commissions/disputes/:id/messages": async () => byId(await newDispute(), { body: reason }),
  "POST /api/v1/partners/commissions/disputes/:id/withdraw": async () => byId(await newDispute()),
  "POST /api/v1/admin/commissions/disputes/:id/messages": async () =>
    byId(await newDispute(), { kind: "note", body: reason }),
  "POST /api/v1/admin/commissions/disputes/:id/assign": async () => byId(await newDispute(), { assigneeId: null }),
  "POST /api/v1/admin/commissions/disputes/:id/escalate": async () => byId(await newDispute(), { reason }),
  "POST /api/v1/admin/commissions/disputes/:id/resolve": async () =>
    byId(await newDispute(), { outcome: "uphold", resolution: reason }),
  "POST /api/v1/admin/payouts/request": async () => {
    await fund(tenants.ours, objects.partner, 5_000);
    return { body: { partnerId: objects.partner, currency: "USD", amount: 5_000 } };
  },
  "POST /api/v1/admin/payouts/process": async () => ({
    body: { payoutId: await requestPayout(tenants.ours, tenants.ours.partner) },
  }),
  "POST /api/v1/admin/payout-batches": async () => ({
    body: { currency: "USD", payoutIds: [await requestPayout(tenants.ours, tenants.ours.partner)] },
  }),
  "POST /api/v1/admin/payout-batches/:id/approve": async () =>
    byId(await makeBatch(tenants.ours, tenants.ours.partner), { reason }),
  "POST /api/v1/admin/payout-batches/:id/refuse": async () =>
    byId(await makeBatch(tenants.ours, tenants.ours.partner), { reason }),
  "POST /api/v1/admin/payout-batches/:id/release": async () =>
    byId(await makeBatch(tenants.ours, tenants.ours.partner)),
  "POST /api/v1/admin/payout-batches/:id/cancel": async () => byId(await makeBatch(tenants.ours, tenants.ours.partner)),
  "POST /api/v1/admin/payouts/:id/cancel": async () => byId(await requestPayout(tenants.ours, tenants.ours.partner)),
  "POST /api/v1/admin/payouts/:id/return": async () => byId(await completedPayout(), { reason, reference: "RTN-1" }),
  "POST /api/v1/admin/payouts/:id/settle": async () => byId(await releasedByHand(), { outcome: "not_paid", reason }),
  "POST /api/v1/admin/payout-settlements/:id/approve": async () =>
    byId(await takeBackLarge(tenants.ours, await completedPayout())),
  "POST /api/v1/admin/payout-settlements/:id/refuse": async () =>
    byId(await takeBackLarge(tenants.ours, await completedPayout()), { reason }),
  "POST /api/v1/partners/payouts/request": async () => {
    await fund(tenants.ours, objects.partner, 50_000);
    return { body: { currency: "USD", amount: 50_000 } };
  },
  "POST /api/v1/partners/payouts/:id/cancel": async () => byId(await requestPayout(tenants.ours, tenants.ours.partner)),
  "POST /api/v1/partners/tickets/:id/solve": async () =>
    byId(
      await idFrom("/api/v1/partners/tickets", {
        auth: tenants.ours.partner.auth,
        body: { subject: "A question", message: "Is it so?" },
      }),
    ),
  "POST /api/v1/admin/privacy/erasures/:id/accept": async () => byId((await forgetSomebody(tenants.ours)).openErasure),
  "POST /api/v1/admin/privacy/erasures/:id/refuse": async () =>
    byId((await forgetSomebody(tenants.ours)).openErasure, { reason }),
  "POST /api/v1/admin/program/plans/:id/publish": async () =>
    byId(await idFrom("/api/v1/admin/program/plans", { auth: tenants.ours.admin, body: {} }), {
      effectiveFrom: "2026-09-01T00:00:00Z",
    }),
  "POST /api/v1/admin/program/plans/:id/backdate": async () => {
    const { admin: auth } = tenants.ours;
    const id = await idFrom("/api/v1/admin/program/plans", { auth, body: {} });
    const asked = { effectiveFrom: "2026-02-01T00:00:00Z" };
    const path = `/api/v1/admin/program/plans/${id}/backdate/preview`;
    const { body } = await tenants.ours.send("POST", path, { auth, body: asked });
    const { digest } = body as { readonly digest: string };
    return byId(id, { ...asked, digest, reason: "Promised" });
  },
  "POST /api/v1/partners/application": async () => {
    refused = await refusedPartner(tenants.ours);
    return REQUESTS["POST /api/v1/partners/application"]?.(objects) ?? {};
  },
  "POST /api/v1/admin/test-mode/clock": async () => ({ body: { to: await minuteAhead(tenants) } }),
  // A partner becomes a sub-operator once.
  "POST /api/v1/admin/sub-operators": async () => {
    const { id: bank } = await tenants.ours.register("whitelabel");
    await tenants.ours.send("PUT", `/api/v1/admin/partners/${bank}/approve`, { auth: tenants.ours.admin, body: {} });
    return REQUESTS["POST /api/v1/admin/sub-operators"]?.({ ...objects, bank }) ?? {};
  },
};

/** Who was refused last. */
let refused: string | undefined;

const posts = (): DeclaredRoute[] => tenants.everything.routes.filter(({ method }) => method === "POST");
/** Nothing was assessed in a wrong order or filed wrongly, whoever hands a partner over does nothing after it, no tenant is a twin: their own tests repeat it. */
const NOTHING_TO_DO =
  /(team\/:id\/owner|commissions\/reassess|years\/:year\/corrections|cases\/:id\/reopen|\/test-(decision|forms|news|purchases))$/;
const keyed = (): DeclaredRoute[] =>
  posts().filter(({ idempotency, name }) => idempotency !== "none" && !NOTHING_TO_DO.test(name));
const ready = async ({ name }: DeclaredRoute): Promise<WellFormed> =>
  READY[name]?.() ?? REQUESTS[name]?.(objects) ?? {};

/** From one address: the key of somebody who has not signed in is that of where they are. */
const HERE = { "x-forwarded-for": "203.0.113.77" };

function send(route: DeclaredRoute, { params = {}, body }: WellFormed, key: string | undefined, auth?: string) {
  const { ours } = tenants;
  // The first partner asks for no second tier while its first request is open, and who applies again was refused.
  const others = { "/api/v1/partners/upgrade": ours.rival.auth, "/api/v1/partners/application": refused };
  const partner = others[route.url as keyof typeof others] ?? ours.partner.auth;
  const own = { public: undefined, person: partner, partner, either: partner, operator: ours.admin }[
    route.access.audience
  ];
  const url = route.url.replace(/:(\w+)/g, (_, name: string) => params[name] ?? "");
  return ours.send("POST", url, { auth: auth ?? own, body, key, headers: HERE });
}

describe("an Idempotency-Key", { timeout: 120_000 }, () => {
  it("is required where money moves, and taken by every POST but authentication and tracking", () => {
    const named = (policy: string) =>
      posts()
        .filter(({ idempotency }) => idempotency === policy)
        .map(({ name }) => name)
        .sort();
    expect(named("required")).toEqual(REQUIRED);
    expect(named("secret")).toEqual(SECRET);
    expect(named("none").filter((name) => !NONE.test(name))).toEqual([]);
    expect(named("optional").filter((name) => NONE.test(name))).toEqual([]);
  });

  it("that is required and missing stops the request", async () => {
    for (const route of posts().filter(({ idempotency }) => idempotency === "required")) {
      const { status, body } = await send(route, REQUESTS[route.name]?.(objects) ?? {}, undefined);
      expect([route.name, status, body["code"]]).toEqual([route.name, 400, "idempotency.key_required"]);
    }
  });

  it.each(["", " ", "two words", "a".repeat(256), "k\u00e9y", "tab\there"])(
    "that is none is refused: %j",
    async (key) => {
      const route = keyed().find(({ name }) => name === "POST /api/v1/admin/commissions/grant");
      if (route === undefined) throw new Error("there is no such route");
      const { status, body } = await send(route, REQUESTS[route.name]?.(objects) ?? {}, key);
      expect([status, body["code"]]).toEqual([400, "idempotency.key_invalid"]);
    },
  );

  it("gets the first answer again, once, and refuses another request", async () => {
    const strange: unknown[] = [];
    for (const route of keyed()) {
      const [request, key] = [await ready(route), fresh("key")];
      const first = await send(route, request, key);
      const again = await send(route, request, key);
      const other = await send(route, otherwise(request), key);
      const isSecret = route.idempotency === "secret";
      const isRepeated = isSecret
        ? again.status === 409 && again.body["code"] === "idempotency.secret_not_repeated"
        : again.status === first.status &&
          again.headers["idempotent-replayed"] === "true" &&
          JSON.stringify(again.body) === JSON.stringify(first.body);
      const isRight =
        first.status < 300 &&
        first.headers["idempotent-replayed"] === undefined &&
        isRepeated &&
        other.status === 409 &&
        other.body["code"] === "idempotency.key_reused";
      if (!isRight)
        strange.push({
          route: route.name,
          first: shown(first),
          again: shown(again),
          other: shown(other),
          failures: tenants.everything.takeFailures(),
        });
    }
    expect(strange).toEqual([]);
  });

  it("sent twice at once does the thing once", async () => {
    const strange: unknown[] = [];
    for (const route of keyed()) {
      // One upgrade is open already: it was asked for above.
      if (route.url.endsWith("/upgrade")) continue;
      const [request, key] = [await ready(route), fresh("key")];
      const both = await Promise.all([send(route, request, key), send(route, request, key)]);
      const done = both.filter(({ status, headers }) => status < 300 && headers["idempotent-replayed"] === undefined);
      const isTold = both.every(({ status, body }) =>
        route.idempotency === "secret"
          ? status < 300 || body["code"] === "idempotency.secret_not_repeated"
          : status < 300 && JSON.stringify(body) === JSON.stringify(both[0]?.body),
      );
      if (done.length !== 1 || !isTold) strange.push({ route: route.name, both: both.map(shown) });
    }
    expect(strange).toEqual([]);
  });

  it("of another caller is another key, and is not spent by a request that was refused", async () => {
    const { ours } = tenants;
    const url = "/api/v1/admin/commissions/grant";
    const [key, body] = [fresh("key"), { partnerId: objects.partner, amount: 7, currency: "USD", reason }];
    const refused = await ours.send("POST", url, { auth: ours.admin, key, body: { ...body, partnerId: newId() } });
    expect(refused.status).toBe(404);
    const one = await must(ours, "POST", url, { auth: ours.admin, key, body });
    const two = await must(ours, "POST", url, { auth: ours.finance, key, body });
    expect(two["id"]).not.toBe(one["id"]);
    const elsewhere = await ours.send("POST", "/api/v1/admin/commissions/write-off", { auth: ours.admin, key, body });
    expect(elsewhere.body).toMatchObject({ status: 409, code: "idempotency.key_reused" });
  });

  it("leaves books that hold", async () => {
    const { world, ours } = tenants;
    for await (const finding of prove({ db: world.app.db, ctx: ours.ctx(), moduleChecks: world.app.moduleChecks }))
      expect(finding).toMatchObject({ broken: 0, breaks: [] });
  });
});

const shown = ({ status, text, headers }: Awaited<ReturnType<typeof send>>) =>
  `${status} ${String(headers["idempotent-replayed"])} ${text.slice(0, 200)}`;
