import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { playJourney } from "../kit/journey.ts";
import { convert, fresh, grant, must, type Objects, sale } from "../kit/journey-steps.ts";
import { asOwner, type ClonedDatabase, cloneDatabase } from "../kit/postgres.ts";
import { type Receiver, startReceiver } from "../kit/receiver.ts";
import { openTwoTenants, type TwoTenants } from "../kit/two-tenants.ts";
import { type DescribedBody, misfits, type WebhookBody } from "../kit/webhook-bodies.ts";

/** What only the program tells itself: what begins so. Notices to partners are mails, made of what the catalogue has. */
const INTERNAL = ["user.email_verified", "partner_notice.", "sub_operator.sold"];

let database: ClonedDatabase;
let tenants: TwoTenants;
let objects: Objects;
let receiver: Receiver;
let catalogue: DescribedBody[];

beforeAll(async () => {
  database = await cloneDatabase();
  tenants = await openTwoTenants(database);
  receiver = await startReceiver();
  const { ours, world } = tenants;
  for (const [auth, path] of [
    [ours.partner.auth, "partner"],
    [ours.rival.auth, "rival"],
    [ours.admin, "operator"],
  ] as const)
    await must(ours, "POST", "/api/v1/webhooks/endpoints", {
      auth,
      body: { url: `${receiver.url}/${path}`, events: ["*"] },
    });
  objects = await playJourney(tenants, ours);
  // What was paid out and then taken back is owed.
  const { customer } = await convert(ours, ours.partner);
  await must(ours, "POST", "/api/v1/transactions", {
    auth: ours.operatorKey,
    key: fresh("key"),
    body: sale(ours, customer),
  });
  await must(ours, "POST", `/api/v1/partners/referrals/links/${objects.link}/archive`, { auth: ours.partner.auth });
  await must(ours, "POST", `/api/v1/admin/coupons/${objects.coupon}/archive`, { auth: ours.admin });
  const bonus = await grant(ours, ours.partner.id);
  await must(ours, "POST", `/api/v1/admin/commissions/${bonus}/approve`, { auth: ours.admin });
  await must(ours, "PUT", `/api/v1/admin/partners/${ours.rival.id}/suspend`, {
    auth: ours.admin,
    body: { reason: "A look" },
  });
  await world.settle();
  await world.app.deliverer.deliverDue();
  catalogue = (await must(ours, "GET", "/api/v1/webhooks/events", {}))["events"] as DescribedBody[];
}, 120_000);
afterAll(async () => {
  await receiver?.[Symbol.asyncDispose]();
  await tenants?.[Symbol.asyncDispose]();
  await database?.drop();
});

const heard = (path: string): WebhookBody[] =>
  receiver.received.filter((one) => one.path.endsWith(`/${path}`)).map(({ body }) => JSON.parse(body) as WebhookBody);

describe("the catalogue", () => {
  it("has every event that is published, but what only the program tells itself", async () => {
    const told = await asOwner<{ type: string }>(database, "select distinct type from outbox_events order by 1");
    const types = new Set(catalogue.map(({ type }) => type));
    expect(told.length).toBeGreaterThan(15);
    expect(
      told.map(({ type }) => type).filter((type) => !types.has(type) && !INTERNAL.some((one) => type.startsWith(one))),
    ).toEqual([]);
  });

  it("has a schema for each that its example and every body fit, without a field that the schema does not name", async () => {
    const rows = await asOwner<{ body: string }>(database, "select body from webhook_events");
    const bodies = [
      ...catalogue.map(({ example }) => example as WebhookBody),
      ...rows.map((row) => JSON.parse(row.body) as WebhookBody),
    ];
    expect(misfits(catalogue, bodies)).toEqual([]);
    expect(rows.length).toBeGreaterThan(20);
  });
});

describe("what is sent", () => {
  it("to a partner is about it alone; to the operator, about everybody", () => {
    const { ours } = tenants;
    const ownerOf = ({ type, data }: WebhookBody) => (type.startsWith("partner.") ? data["id"] : data["partnerId"]);
    expect(new Set(heard("partner").map(ownerOf))).toEqual(new Set([ours.partner.id]));
    expect(new Set(heard("rival").map(ownerOf))).toEqual(new Set([ours.rival.id]));
    const owners = new Set(heard("operator").map(ownerOf));
    expect(owners.has(ours.partner.id) && owners.has(ours.rival.id)).toBe(true);
    const types = new Set(heard("partner").map(({ type }) => type));
    for (const type of [
      "link.created",
      "link.archived",
      "coupon.created",
      "coupon.archived",
      "referral.converted",
      "referral.qualified",
      "commission.created",
      "commission.approved",
      "commission.disputed",
      "payout.requested",
      "payout.completed",
    ])
      expect([type, types.has(type)]).toEqual([type, true]);
  });

  it("says what has changed", () => {
    const changes = (type: string) => heard("partner").findLast((body) => body.type === type)?.changes;
    expect(changes("link.archived")).toEqual({ status: { old: "active", new: "archived" } });
    expect(changes("payout.completed")).toMatchObject({ status: { old: "processing", new: "completed" } });
    expect(heard("rival").findLast(({ type }) => type === "partner.suspended")?.changes).toEqual({
      status: { old: "active", new: "suspended" },
    });
  });

  it("is of a transaction the whole to the operator, and to its partner without what is the operator's alone", () => {
    const sold = (path: string) => heard(path).findLast(({ type }) => type === "transaction.recorded")?.data ?? {};
    expect(Object.keys(sold("operator"))).toEqual(expect.arrayContaining(["externalId", "revenue", "number"]));
    const { externalId: _, originalExternalId: __, revenue: ___, number: ____, ...own } = sold("operator");
    expect(sold("partner")).toEqual(own);
    expect(heard("rival").filter(({ type }) => type === "transaction.recorded")).toEqual([]);
  });

  it("never says who a customer is", () => {
    const all = receiver.received.map(({ body }) => body).join("\n");
    for (const told of [objects.customer, `${objects.customer}@customers.test`, "@customers.test"])
      expect(all.includes(told)).toBe(false);
  });
});
