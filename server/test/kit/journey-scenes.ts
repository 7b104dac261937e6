import { signWebhook } from "@tributary/sandbox";
import { newId } from "../../src/kernel/id.ts";
import { countReview } from "../../src/partners/tier-review-repository.ts";
import { systemContext } from "../../src/platform/context.ts";
import { connectProgram, makeCard, makeProduct, makeUser } from "./cards.ts";
import { BANK, convert, firstId, fresh, idOf, must, type Objects } from "./journey-steps.ts";
import type { Side, TwoTenants } from "./two-tenants.ts";

/** A card in a programme, with which something was spent. */
export async function spendByCard(world: TwoTenants["world"], side: Side) {
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

/** A customer who pays from the partner's own account, and one who is at two partners: rows in every table of fraud. */
export async function openFraudCase({ world }: Pick<TwoTenants, "world">, side: Side): Promise<string> {
  await must(side, "PUT", "/api/v1/admin/fraud/rules", {
    auth: side.admin,
    body: { version: 0, change: { appealDays: 7 }, reason: "For a test" },
  });
  const mailbox = fresh("twice");
  for (const [index, partner] of [side.partner, side.rival].entries())
    await convert(side, partner, { email: `${mailbox}+${index}@customers.test`, paymentAccount: BANK.iban });
  await world.wake("fraud.refresh_profiles");
  const listed = await must(side, "GET", "/api/v1/admin/fraud/cases", {
    auth: side.admin,
    query: { partnerId: side.partner.id },
  });
  return firstId(listed["data"]);
}

/** A review that found the partner below its tier, as only a year of work leaves one. */
export async function reviewTier({ world }: Pick<TwoTenants, "world">, side: Side): Promise<string> {
  const found = { partnerId: side.partner.id, tier: "tier4", minimum: 10, days: 365, counted: 0 } as const;
  await world.app.db.transaction(side.ctx(), (tx) => countReview(tx, found));
  const listed = await must(side, "GET", "/api/v1/admin/partners/tier-reviews", {
    auth: side.admin,
    query: { partnerId: side.partner.id },
  });
  return firstId(listed["data"]);
}

export const MONTHLY_EXPORT = { report: "commissions", format: "csv", rhythm: "monthly" } as const;

/** What is spent, with proof. */
export const CLAIM = {
  amount: 100,
  spentOn: "2026-03-01",
  description: "A newsletter",
  files: [{ name: "invoice.txt", content: Buffer.from("Invoice 17").toString("base64") }],
};

/** A budget with a claim that waits. */
export async function claimBudget(side: Side): Promise<Pick<Objects, "budget" | "budgetClaim" | "proof">> {
  const { auth, id } = side.partner;
  const body = { partnerId: id, period: "quarter", amount: 100_000, currency: "USD", reason: "For a test" };
  const sent = { auth: side.admin, key: fresh("key"), body };
  const budget = idOf(await must(side, "POST", "/api/v1/admin/fees/budgets", sent));
  const claim = await must(side, "POST", "/api/v1/partners/budgets/claims", {
    auth,
    key: fresh("key"),
    body: { budgetId: budget, ...CLAIM },
  });
  return { budget, budgetClaim: idOf(claim), proof: firstId(claim["files"]) };
}

/** A ticket with a file. */
export async function openTicket(side: Side): Promise<Pick<Objects, "ticket" | "ticketFile">> {
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

const DOT = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg==";

/** A branding with a logo. */
export async function brand(side: Side): Promise<string> {
  const { version, ...plain } = await must(side, "GET", "/api/v1/brand", {});
  const { images: _, ...look } = plain;
  const body = { ...look, version, logo: { name: "logo.png", content: DOT } };
  const saved = await must(side, "PUT", "/api/v1/admin/branding", { auth: side.admin, body });
  return String((saved["images"] as { logo: string }).logo.split("/").at(-1));
}

/** The page of a link of the partner's, with its logo. */
export async function coBrand(side: Side, linkId: string): Promise<void> {
  const { auth } = side.partner;
  await must(side, "PUT", "/api/v1/partners/co-branding", {
    auth,
    body: { colour: "#1f5c4d", logo: { name: "logo.png", content: DOT } },
  });
  await must(side, "PUT", `/api/v1/partners/referrals/links/${linkId}/landing-page`, {
    auth,
    body: { title: fresh("page"), text: "For small firms.", button: "Have a look" },
  });
}

/** A deal of the partner that is protected. */
export async function registerDeal(side: Side): Promise<string> {
  const { auth } = side.partner;
  await must(side, "PUT", "/api/v1/admin/leads/settings", { auth: side.admin, body: { renewalsMax: 3 } });
  const domain = `${fresh("deal")}.test`;
  const body = { company: domain, contactEmail: `grace@${domain}`, expectedValue: 100_000, currency: "USD" };
  const { lead } = await must(side, "POST", "/api/v1/partners/leads", { auth, body });
  const id = idOf(lead as Record<string, unknown>);
  await must(side, "PUT", `/api/v1/admin/leads/${id}/accept`, { auth: side.admin, body: {} });
  return id;
}

/** One pixel. */
export const PNG = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg==";

/** A banner that the partner has downloaded. */
export async function offerBanner(side: Side): Promise<string> {
  const material = await must(side, "POST", "/api/v1/admin/materials", {
    auth: side.admin,
    body: {
      kind: "banner",
      title: fresh("banner"),
      alt: "Cards",
      tiers: ["tier4"],
      file: { name: "banner.png", content: PNG },
    },
  });
  await must(side, "GET", `/api/v1/partners/materials/${idOf(material)}/file`, { auth: side.partner.auth });
  return idOf(material);
}

/** A customer who is forgotten, and one whom two holds keep from it. */
export async function forgetSomebody(side: Side): Promise<Pick<Objects, "erasure" | "openErasure" | "hold">> {
  const url = "/api/v1/admin/privacy";
  const auth = side.admin;
  const about = async () => {
    const { customer } = await convert(side, side.rival);
    const { data } = await must(side, "GET", `${url}/subjects`, { auth, query: { externalId: customer } });
    return { auth, body: { userId: (data as { userId: string }[])[0]?.userId, reason: "For a test" } };
  };
  const [forgotten, held] = [await about(), await about()];
  await must(side, "POST", `${url}/holds`, held);
  return {
    erasure: idOf(await must(side, "POST", `${url}/erasures`, forgotten)),
    hold: idOf(await must(side, "POST", `${url}/holds`, held)),
    openErasure: idOf(await must(side, "POST", `${url}/erasures`, held)),
  };
}

const STRIPE_SECRET = "whsec_of_a_billing_endpoint";

/** Stripe tells of an invoice whose customer nobody knows here. */
export async function tellOfStranger(side: Side): Promise<void> {
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

/** What the team keeps to itself about the partner. */
export const writeNote = async (side: Side): Promise<string> =>
  idOf(
    await must(side, "POST", `/api/v1/admin/partners/${side.partner.id}/notes`, {
      auth: side.operatorKey,
      body: { body: "Called today." },
    }),
  );

/** A partner of the third tier, and, where the side is under no other, one that is a sub-operator, has sold something and has paid some of the share. */
export async function openBank(
  { world }: Pick<TwoTenants, "world">,
  side: Side,
): Promise<Pick<Objects, "bank" | "subOperator">> {
  const addBank = async (): Promise<string> => {
    const { id } = await side.register("whitelabel");
    await must(side, "PUT", `/api/v1/admin/partners/${id}/approve`, { auth: side.admin, body: {} });
    return id;
  };
  const bank = await addBank();
  if (side.tenantId !== world.ctx().tenantId) return { bank, subOperator: newId() };
  const made = await must(side, "POST", "/api/v1/admin/sub-operators", {
    auth: side.admin,
    body: {
      partnerId: await addBank(),
      name: "A bank",
      host: `${fresh("bank")}.test`,
      admin: { email: `${fresh("bo")}@bank.test`, name: "Bo" },
      limits: { maxPartners: null, maxRate: null, currencies: null, countries: null },
    },
  });
  await world.settle();
  const subOperator = idOf(made);
  const { now } = world.ctx();
  await world.app.sales.recordTransactions(systemContext({ tenantId: subOperator, job: "test", now }), [
    {
      externalId: "sale",
      customerExternalId: "customer",
      createCustomer: true,
      kind: "payment",
      amount: 10_000n,
      tax: 0n,
      revenue: 0n,
      currency: "USD",
      occurredAt: now,
      originalExternalId: null,
    },
  ]);
  await world.settle();
  await must(side, "POST", `/api/v1/admin/sub-operators/${subOperator}/settlements`, {
    auth: side.admin,
    key: fresh("key"),
    body: { kind: "payment", currency: "USD", amount: 1_000, reference: "Wire" },
  });
  return { bank, subOperator };
}

/** A minute later than it is in the test twin, whose clock stands. */
export async function minuteAhead({ ours, world }: TwoTenants): Promise<string> {
  await must(ours, "POST", "/api/v1/admin/test-mode", { auth: ours.admin });
  for (;;) {
    await world.settle();
    const { twin } = await must(ours, "GET", "/api/v1/admin/test-mode", { auth: ours.admin });
    const { now, movingTo } = twin as { readonly now: string; readonly movingTo: string | null };
    if (movingTo === null) return new Date(Date.parse(now) + 60_000).toISOString();
  }
}
