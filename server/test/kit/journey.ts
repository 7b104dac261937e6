import { signWebhook } from "@tributary/sandbox";
import { newId } from "../../src/kernel/id.ts";
import { connectProgram, makeCard, makeProduct, makeUser } from "./cards.ts";
import type { Got, PartnerAt, Side, TwoTenants } from "./two-tenants.ts";

/** Names of what a tenant holds: an id, or a code by which something is called. */
export type Objects = {
  readonly partner: string;
  readonly pendingPartner: string;
  readonly link: string;
  readonly linkCode: string;
  readonly referralCode: string;
  readonly click: string;
  readonly customer: string;
  readonly referral: string;
  readonly transaction: string;
  readonly sale: string;
  readonly commission: string;
  readonly dispute: string;
  readonly payout: string;
  readonly invoice: string;
  readonly batch: string;
  readonly partnerKey: string;
  readonly operatorKey: string;
  readonly session: string;
  readonly upgrade: string;
  readonly invitation: string;
  readonly plan: string;
  readonly user: string;
  readonly coupon: string;
  readonly couponCode: string;
  readonly revenueSource: string;
  readonly webhook: string;
  readonly delivery: string;
  readonly ticket: string;
  readonly ticketFile: string;
  readonly partnerWebhook: string;
  readonly cardProgram: string;
  readonly cardProduct: string;
  readonly partnerUser: string;
  readonly closedUser: string;
  readonly card: string;
};

/** As well formed, and nobody's. */
export const nothing = (): Objects => ({
  partner: newId(),
  pendingPartner: newId(),
  link: newId(),
  linkCode: `none-${newId().slice(-12)}`,
  referralCode: `none-${newId().slice(-12)}`,
  click: newId(),
  customer: `none-${newId()}`,
  referral: newId(),
  transaction: newId(),
  sale: `none-${newId()}`,
  commission: newId(),
  dispute: newId(),
  payout: newId(),
  invoice: newId(),
  batch: newId(),
  partnerKey: newId(),
  operatorKey: newId(),
  session: newId(),
  upgrade: newId(),
  invitation: newId(),
  plan: newId(),
  user: newId(),
  coupon: newId(),
  couponCode: `NONE-${newId().slice(-12).toUpperCase()}`,
  revenueSource: newId(),
  webhook: newId(),
  delivery: newId(),
  ticket: newId(),
  ticketFile: newId(),
  partnerWebhook: newId(),
  cardProgram: newId(),
  cardProduct: newId(),
  partnerUser: newId(),
  closedUser: newId(),
  card: newId(),
});

let turn = 0;
/** A name that nothing else has. */
export const fresh = (what: string): string => `${what}-${(turn += 1)}-${newId().slice(-8)}`;

/** Sends what must go well, and returns its answer's body. */
export async function must(side: Side, ...request: Parameters<Side["send"]>): Promise<Record<string, unknown>> {
  const [method, url] = request;
  return bodyOf(await side.send(...request), `${method} ${url}`);
}

function bodyOf({ status, text, body }: Got, what: string): Record<string, unknown> {
  if (status >= 400) throw new Error(`${what}: ${status} ${text}`);
  return body;
}

const idOf = (body: Record<string, unknown>): string => String(body["id"]);
const firstId = (rows: unknown): string => (rows as { id: string }[])[0]?.id ?? "";

/** A visit through a partner's link, as its click id. */
export async function visit(side: Side, code: string): Promise<string> {
  const { headers } = await side.send("GET", `/r/${code}`);
  return new URL(String(headers["location"])).searchParams.get("tid") ?? "";
}

/** A customer tied to a partner. */
export async function convert(
  side: Side,
  partner: PartnerAt,
): Promise<{ customer: string; referral: string; click: string }> {
  const [customer, click] = [fresh("customer"), await visit(side, partner.referralCode)];
  const body = { externalId: customer, clickId: click, email: `${customer}@customers.test` };
  return {
    customer,
    click,
    referral: idOf(await must(side, "POST", "/api/v1/referrals/convert", { auth: side.operatorKey, body })),
  };
}

export const sale = (side: Side, customer: string, more: object = {}) => ({
  externalId: fresh("sale"),
  customerExternalId: customer,
  kind: "payment",
  amount: 12_000,
  currency: "USD",
  occurredAt: side.ctx().now.toISOString(),
  ...more,
});

/** A bonus in hold: the shortest way to a commission. */
export const grant = async (side: Side, partnerId: string, amount = 1_000): Promise<string> =>
  idOf(
    await must(side, "POST", "/api/v1/admin/commissions/grant", {
      auth: side.operatorKey,
      key: fresh("key"),
      body: { partnerId, amount, currency: "USD", reason: "For a test" },
    }),
  );

/** Money that can be paid out. */
export async function fund(side: Side, partnerId: string, amount: number): Promise<void> {
  const id = await grant(side, partnerId, amount);
  await must(side, "POST", `/api/v1/admin/commissions/${id}/approve`, { auth: side.admin });
}

/** A partner's payout that waits to be released. */
export const requestPayout = async (side: Side, partner: PartnerAt, amount = 10_000): Promise<string> => {
  await fund(side, partner.id, amount);
  const body = { partnerId: partner.id, currency: "USD", amount };
  return idOf(
    await must(side, "POST", "/api/v1/admin/payouts/request", { auth: side.operatorKey, key: fresh("key"), body }),
  );
};

/** Nobody listens there. */
export const WEBHOOK = { url: "http://127.0.0.1:9/webhooks", events: ["*"] };
/** A batch of one payout, made by somebody other than the admin: who approves it is the second. */
export const makeBatch = async (side: Side, partner: PartnerAt): Promise<string> => {
  const payoutIds = [await requestPayout(side, partner)];
  const body = { currency: "USD", payoutIds };
  return idOf(
    await must(side, "POST", "/api/v1/admin/payout-batches", { auth: side.finance, key: fresh("key"), body }),
  );
};

/** Far off: a month that is due would be invoiced while a test looks. */
export const AGREEMENT = {
  startsOn: "2030-01-01",
  endsOn: null,
  supportFrom: null,
  maySetOff: true,
  dueDays: 30,
} as const;
export const BANK = { kind: "bank_file", holder: "Ada", iban: "DE89370400440532013000" } as const;

/** The main journey in one tenant: one of each thing that there is, and rows in every table that the program fills by itself. */
export async function playJourney({ world }: Pick<TwoTenants, "world">, side: Side): Promise<Objects> {
  const { partner, admin } = side;
  const { auth } = partner;
  const link = await must(side, "POST", "/api/v1/partners/referrals/link", {
    auth,
    body: { campaign: fresh("campaign") },
  });
  const { customer, referral, click } = await convert(side, partner);
  const payment = sale(side, customer);
  const recorded = await must(side, "POST", "/api/v1/transactions", {
    auth: side.operatorKey,
    key: fresh("key"),
    body: payment,
  });
  const earned = await must(side, "GET", "/api/v1/partners/commissions", { auth });
  const disputed = await must(side, "POST", "/api/v1/partners/commissions/dispute", {
    auth,
    body: { commissionId: await grant(side, partner.id), reason: "Less than we agreed" },
  });
  const write = `/api/v1/admin/commissions/disputes/${idOf(disputed)}/messages`;
  await must(side, "POST", write, { auth: side.operatorKey, body: { kind: "note", body: "To be looked at" } });
  await must(side, "PUT", "/api/v1/admin/commissions/disputes/settings", {
    auth: side.operatorKey,
    body: { answerDays: 5 },
  });

  const webhook = await must(side, "POST", "/api/v1/webhooks/endpoints", { auth, body: WEBHOOK });
  await must(side, "PUT", "/api/v1/partners/payouts/method", { auth, body: BANK });
  await must(side, "PUT", "/api/v1/partners/payouts/schedule", {
    auth,
    body: { currency: "USD", every: "month", isEnabled: false },
  });
  const done = await requestPayout(side, partner);
  await must(side, "POST", "/api/v1/admin/payouts/process", {
    auth: side.operatorKey,
    key: fresh("key"),
    body: { payoutId: done },
  });
  await world.settle();
  const batch = await makeBatch(side, partner);
  const payout = await requestPayout(side, partner);
  await must(side, "PUT", "/api/v1/admin/payouts/settings", { auth: admin, body: { releasesScheduled: false } });
  await must(side, "PUT", "/api/v1/admin/payouts/settings/currency", {
    auth: admin,
    body: {
      currency: "EUR",
      approvalAbove: null,
      feeBorneBy: "programme",
      feeFixed: 0,
      feeRate: 0,
      schedule: { every: "week", day: 5 },
    },
  });

  await must(side, "PUT", `/api/v1/admin/fees/agreements/${partner.id}`, { auth: admin, body: AGREEMENT });
  await must(side, "POST", "/api/v1/admin/fees/card-usage", {
    auth: admin,
    key: fresh("key"),
    body: { partnerId: partner.id, reference: fresh("card"), quantity: 1 },
  });
  const invoice = await must(side, "POST", "/api/v1/admin/invoices", {
    auth: admin,
    key: fresh("key"),
    body: {
      partnerId: partner.id,
      currency: "USD",
      lines: [{ description: "Training", quantity: 1, unitAmount: 1_000 }],
    },
  });
  await must(side, "POST", `/api/v1/admin/invoices/${idOf(invoice)}/payment`, {
    auth: admin,
    key: fresh("key"),
    body: { amount: 100, reference: fresh("wire") },
  });

  const sessions = await must(side, "GET", "/api/v1/auth/sessions", { auth });
  const upgrade = await must(side, "POST", "/api/v1/partners/upgrade", { auth, body: { tier: "tier3" } });
  const invited = await must(side, "POST", "/api/v1/admin/partners/invitations", {
    auth: admin,
    body: { emails: [`${fresh("invited")}@partners.test`] },
  });
  const coupon = await must(side, "POST", "/api/v1/admin/coupons", {
    auth: admin,
    body: { partnerId: partner.id, code: fresh("C").toUpperCase() },
  });
  const user = await must(side, "POST", "/api/v1/admin/users", {
    auth: admin,
    body: { email: `${fresh("user")}@team.test`, role: "support" },
  });
  const plan = await must(side, "POST", "/api/v1/admin/program/plans", { auth: admin, body: {} });
  const revenueSource = await must(side, "POST", "/api/v1/admin/revenue/sources", {
    auth: admin,
    key: fresh("key"),
    body: { kind: "generic", name: "A billing system" },
  });
  await tellOfStranger(side);
  const ping = await must(side, "POST", `/api/v1/webhooks/endpoints/${idOf(webhook)}/ping`, { auth });
  await world.settle();
  await world.app.deliverer.deliverDue();
  return {
    partner: partner.id,
    pendingPartner: (await side.register("technology")).id,
    link: idOf(link),
    linkCode: String(link["code"]),
    referralCode: partner.referralCode,
    click,
    customer,
    referral,
    transaction: firstId(recorded["results"]),
    sale: payment.externalId,
    commission: firstId(earned["data"]),
    dispute: idOf(disputed),
    payout,
    invoice: idOf(invoice),
    batch,
    partnerKey: (await side.makeKey(auth, "partner", ["own:profile:read"])).id,
    operatorKey: (await side.makeKey(admin, "admin", ["partners:read"])).id,
    session: firstId(sessions["data"]),
    upgrade: idOf(upgrade),
    invitation: firstId(invited["invited"]),
    plan: idOf(plan),
    user: idOf(user),
    coupon: idOf(coupon),
    couponCode: String(coupon["code"]),
    revenueSource: idOf(revenueSource),
    webhook: idOf(webhook),
    delivery: idOf(ping),
    partnerWebhook: idOf(await must(side, "POST", "/api/v1/partner-api/webhooks", { auth, body: WEBHOOK })),
    ...(await openTicket(side)),
    ...(await spendByCard(world, side)),
  };
}

/** A card in a programme, with which something was spent. */
async function spendByCard(world: TwoTenants["world"], side: Side) {
  const cardProgram = await connectProgram(world, side);
  const cardProduct = await makeProduct(world, side, { programId: cardProgram });
  const card = await makeCard(world, side, { productId: cardProduct });
  const { token } = await world.marqeta.purchases.pay({ cardToken: card.id, amount: 20 });
  world.marqeta.purchases.clear(token);
  await world.marqeta.webhooks.idle();
  await world.settle();
  const closed = await makeUser(side);
  return { cardProgram, cardProduct, partnerUser: card.userId, closedUser: idOf(closed), card: card.id };
}

/** A ticket with a file. */
async function openTicket(side: Side): Promise<Pick<Objects, "ticket" | "ticketFile">> {
  const { auth } = side.partner;
  const files = [{ name: "note.txt", content: Buffer.from("A note").toString("base64") }];
  const opened = await must(side, "POST", "/api/v1/partners/tickets", {
    auth,
    body: { subject: "A question", message: "How is this reckoned?", files },
  });
  const { messages } = await must(side, "GET", `/api/v1/partners/tickets/${idOf(opened)}`, { auth });
  const [first] = messages as { files: unknown }[];
  return { ticket: idOf(opened), ticketFile: firstId(first?.files) };
}

const STRIPE_SECRET = "whsec_of_a_billing_endpoint";

/** Stripe tells of an invoice whose customer nobody knows here. */
async function tellOfStranger(side: Side): Promise<void> {
  const source = await must(side, "POST", "/api/v1/admin/revenue/sources", {
    auth: side.admin,
    key: fresh("key"),
    body: { kind: "stripe", name: "Stripe", signingSecret: STRIPE_SECRET },
  });
  const at = Math.floor(side.ctx().now.getTime() / 1_000);
  const invoice = {
    id: fresh("in"),
    amount_paid: 2_000,
    total: 2_000,
    currency: "usd",
    customer: fresh("cus"),
    customer_email: "stranger@customers.test",
    payment_intent: fresh("pi"),
    status_transitions: { paid_at: at },
  };
  const payload = JSON.stringify({
    id: fresh("evt"),
    object: "event",
    type: "invoice.paid",
    created: at,
    data: { object: invoice },
  });
  await must(side, "POST", `/api/v1/webhooks/stripe-billing/${idOf(source)}`, {
    headers: {
      "content-type": "application/json",
      "stripe-signature": signWebhook({ payload, secret: STRIPE_SECRET, at: side.ctx().now }),
    },
    body: payload,
  });
}
