import { complyWith } from "./compliance-journey.ts";
import { leaveFactors } from "./factors.ts";
import {
  brand,
  claimBudget,
  coBrand,
  forgetSomebody,
  MONTHLY_EXPORT,
  offerBanner,
  openBank,
  openFraudCase,
  openTicket,
  registerDeal,
  reviewTier,
  spendByCard,
  tellOfStranger,
  writeNote,
} from "./journey-scenes.ts";
import {
  AGREEMENT,
  BANK,
  convert,
  firstId,
  fresh,
  grant,
  idOf,
  makeBatch,
  must,
  type Objects,
  requestPayout,
  sale,
  takeBackLarge,
  WEBHOOK,
} from "./journey-steps.ts";
import { leaveReturn } from "./tax-requests.ts";
import type { Side, TwoTenants } from "./two-tenants.ts";

/** The main journey in one tenant: one of each thing that there is, and rows in every table that the program fills by itself. */
export async function playJourney({ world }: Pick<TwoTenants, "world">, side: Side): Promise<Objects> {
  const { partner, admin } = side;
  const { auth } = partner;
  const link = await must(side, "POST", "/api/v1/partners/referrals/link", {
    auth,
    body: { campaign: fresh("campaign") },
  });
  await coBrand(side, idOf(link));
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
  const settlement = await takeBackLarge(side, done);
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

  const taxDocument = await leaveReturn(world, side, (method, path, body) =>
    must(side, method, path, { auth: path.includes("/admin/") ? admin : auth, body }),
  );

  const sessions = await must(side, "GET", "/api/v1/auth/sessions", { auth });
  const upgrade = await must(side, "POST", "/api/v1/partners/upgrade", { auth, body: { tier: "tier3" } });
  const invited = await must(side, "POST", "/api/v1/admin/partners/invitations", {
    auth: admin,
    body: { emails: [`${fresh("invited")}@partners.test`] },
  });
  const member = await must(side, "POST", "/api/v1/partners/team", {
    auth,
    body: { email: `${fresh("member")}@team.test`, role: "viewer" },
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
  await leaveFactors(side);
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
    taxDocument,
    batch,
    settlement,
    partnerKey: (await side.makeKey(auth, "partner", ["own:profile:read"])).id,
    operatorKey: (await side.makeKey(admin, "admin", ["partners:read"])).id,
    session: firstId(sessions["data"]),
    upgrade: idOf(upgrade),
    tierReview: await reviewTier({ world }, side),
    invitation: firstId(invited["invited"]),
    member: idOf(member),
    plan: idOf(plan),
    user: idOf(user),
    coupon: idOf(coupon),
    couponCode: String(coupon["code"]),
    revenueSource: idOf(revenueSource),
    webhook: idOf(webhook),
    delivery: idOf(ping),
    partnerWebhook: idOf(await must(side, "POST", "/api/v1/partner-api/webhooks", { auth, body: WEBHOOK })),
    ...(await openTicket(side)),
    brandImage: await brand(side),
    domain: idOf(
      await must(side, "POST", "/api/v1/admin/domains", {
        auth: side.admin,
        body: { domain: `${fresh("go")}.acme-cards.com` },
      }),
    ),
    ...(await complyWith(side)),
    lead: await registerDeal(side),
    material: await offerBanner(side),
    ...(await spendByCard(world, side)),
    fraudCase: await openFraudCase({ world }, side),
    ...(await forgetSomebody(side)),
    ...(await claimBudget(side)),
    exportSchedule: idOf(
      await must(side, "POST", "/api/v1/partners/analytics/export-schedules", { auth, body: MONTHLY_EXPORT }),
    ),
    programSchedule: idOf(
      await must(side, "POST", "/api/v1/admin/partners/analytics/export-schedules", {
        auth: side.admin,
        body: { ...MONTHLY_EXPORT, delivery: "mail" },
      }),
    ),
    note: await writeNote(side),
    ...(await openBank({ world }, side)),
  };
}
