import { DEFAULT_TIERS } from "../../src/programs/index.ts";
import { PASSWORD } from "./app.ts";
import { BRANDING_REQUESTS } from "./branding-requests.ts";
import { CARD_REQUESTS } from "./card-requests.ts";
import { COMPLIANCE_REQUESTS } from "./compliance-requests.ts";
import { FACTOR_REQUESTS } from "./factor-requests.ts";
import { FRAUD_REQUESTS } from "./fraud-requests.ts";
import { MONTHLY_EXPORT } from "./journey-scenes.ts";
import { fresh } from "./journey-steps.ts";
import { LEAD_REQUESTS } from "./lead-requests.ts";
import { money } from "./money-requests.ts";
import { PRIVACY_REQUESTS } from "./privacy-requests.ts";
import { AT, byId, email, instants, listed, nothing, page, period, type Request, reason } from "./request-parts.ts";
import { SUB_OPERATOR_REQUESTS } from "./sub-operator-requests.ts";
import { SUPPORT_REQUESTS } from "./support-requests.ts";
import { TAX_REQUESTS } from "./tax-requests.ts";
import { TEST_MODE_REQUESTS } from "./test-mode-requests.ts";

const signIn: Readonly<Record<string, Request>> = {
  "POST /api/v1/auth/sign-in": () => ({ body: { email: email("nobody"), password: PASSWORD } }),
  "POST /api/v1/auth/refresh": () => ({ body: { refreshToken: "not-a-token" } }),
  "POST /api/v1/auth/sign-out": () => ({ body: { refreshToken: "not-a-token" } }),
  "POST /api/v1/auth/verify-email": () => ({ body: { token: "not-a-token", password: "seven silver herons" } }),
  "POST /api/v1/auth/verify-email/resend": () => ({ body: { email: email("nobody") } }),
  "POST /api/v1/auth/password/request-reset": () => ({ body: { email: email("nobody") } }),
  "POST /api/v1/auth/password/reset": () => ({ body: { token: "not-a-token", password: PASSWORD } }),
  "POST /api/v1/auth/accept-invitation": () => ({ body: { token: "not-a-token", password: PASSWORD, name: "Ada" } }),
  "POST /api/v1/auth/set-up": () => ({
    body: { token: "not-a-token", email: email("nobody"), name: "Ada", password: PASSWORD },
  }),
  "GET /api/v1/auth/me": nothing,
  "PUT /api/v1/auth/me/language": () => ({ body: { language: "he" } }),
  "GET /api/v1/auth/sessions": listed({ sort: "-createdAt" }),
  "DELETE /api/v1/auth/sessions/:id": byId("session"),
  "GET /.well-known/jwks.json": nothing,
};

const team: Readonly<Record<string, Request>> = {
  "GET /api/v1/admin/users": listed({ sort: "createdAt" }),
  "POST /api/v1/admin/users": () => ({ body: { email: email("member"), name: "Ada", role: "support" } }),
  "POST /api/v1/admin/users/:id/invitation": byId("user"),
  "PATCH /api/v1/admin/users/:id": byId("user", { role: "finance", status: "active" }),
  "GET /api/v1/partners/team": nothing,
  "POST /api/v1/partners/team": () => ({ body: { email: email("colleague"), role: "finance" } }),
  "PATCH /api/v1/partners/team/:id": byId("member", { role: "manager" }),
  "DELETE /api/v1/partners/team/:id": byId("member"),
  "POST /api/v1/partners/team/:id/owner": byId("member"),
  "POST /api/v1/auth/join-team": () => ({ body: { token: "not-a-token", password: PASSWORD, name: "Ada" } }),
  "POST /api/v1/partners/api-keys": () => ({
    body: {
      name: "A key",
      scopes: ["own:profile:read"],
      ipAllowList: ["203.0.113.0/24"],
      expiresAt: "2027-03-01T00:00:00Z",
    },
  }),
  "GET /api/v1/partners/api-keys": listed(),
  "DELETE /api/v1/partners/api-keys/:id": byId("partnerKey"),
  "POST /api/v1/admin/api-keys": () => ({
    body: {
      name: "A key",
      scopes: ["partners:read"],
      ipAllowList: ["203.0.113.0/24"],
      expiresAt: "2027-03-01T00:00:00Z",
    },
  }),
  "GET /api/v1/admin/api-keys": listed(),
  "DELETE /api/v1/admin/api-keys/:id": byId("operatorKey"),
  "GET /api/v1/admin/audit": (of) => ({
    query: { ...page, action: "partner.approved", targetType: "partner", targetId: of.partner, occurredFrom: AT },
  }),
  "GET /api/v1/admin/audit/export": () => ({ query: { format: "json", action: "partner.*", words: "active" } }),
  "GET /api/v1/admin/features": nothing,
  "GET /api/v1/admin/jobs": nothing,
  "PUT /api/v1/admin/features/:key": () => ({ params: { key: "partner-program" }, body: { isEnabled: true } }),
};

const program: Readonly<Record<string, Request>> = {
  "GET /api/v1/admin/program": nothing,
  "PUT /api/v1/admin/program": () => ({
    body: {
      name: "Partners",
      timeZone: "UTC",
      destinationHosts: ["shop.test"],
      defaultDestination: "https://shop.test/",
      attributionModel: "last",
      requiresVerifiedEmail: false,
      autoApprovedTiers: ["tier1"],
    },
  }),
  "GET /api/v1/admin/program/plans": listed(),
  "POST /api/v1/admin/program/plans": () => ({ body: { tiers: DEFAULT_TIERS } }),
  "GET /api/v1/admin/program/plans/:id": byId("plan"),
  "PUT /api/v1/admin/program/plans/:id": byId("plan", { tiers: DEFAULT_TIERS }),
  "POST /api/v1/admin/program/plans/simulate": () => ({ body: { plan: { tiers: DEFAULT_TIERS }, ...instants } }),
  "POST /api/v1/admin/program/plans/:id/backdate/preview": byId("plan", { effectiveFrom: AT }),
  "POST /api/v1/admin/program/plans/:id/backdate": byId("plan", { effectiveFrom: AT, digest: "none", reason }),
  "POST /api/v1/admin/program/plans/:id/publish": byId("plan", {
    effectiveFrom: "2026-06-01T00:00:00Z",
    isRetroactive: false,
  }),
};

const partners: Readonly<Record<string, Request>> = {
  "POST /api/v1/partners/register": () => ({
    body: {
      email: email("partner"),
      password: PASSWORD,
      name: "Ada",
      partnerType: "affiliate",
      companyName: "Ada Ltd",
      country: "GB",
      referralCode: fresh("code"),
    },
  }),
  "GET /api/v1/partners/offer": nothing,
  "POST /api/v1/partners/application": () => ({ body: { message: "We sell in two more countries now." } }),
  "GET /api/v1/partners/profile": nothing,
  "PUT /api/v1/partners/profile": () => ({
    body: { companyName: "Ada Ltd", country: "GB", settings: { theme: "dark" } },
  }),
  "GET /api/v1/partners/notice-preferences": nothing,
  "PUT /api/v1/partners/notice-preferences": () => ({
    body: { preferences: [{ kind: "commission_approved", delivery: "daily" }] },
  }),
  "GET /api/v1/admin/notice-templates": nothing,
  "GET /api/v1/admin/notice-templates/:name/versions": () => ({
    params: { name: "digest" },
    query: { ...page, sort: "version" },
  }),
  "PUT /api/v1/admin/notice-templates/:name": () => ({
    params: { name: "digest" },
    body: { subject: "News", text: "{{lines}}" },
  }),
  "DELETE /api/v1/admin/notice-templates/:name": () => ({ params: { name: "digest" } }),
  "POST /api/v1/admin/notice-templates/:name/preview": () => ({
    params: { name: "digest" },
    body: { written: { subject: "News", text: "{{lines}}" } },
  }),
  "POST /api/v1/admin/notice-templates/:name/test": () => ({ params: { name: "digest" } }),
  "POST /api/v1/partners/upgrade": () => ({ body: { tier: "tier2" } }),
  "DELETE /api/v1/partners/account": nothing,
  "GET /api/v1/admin/partners": listed({ status: "active", tier: "tier4", type: "technology", q: "ada" }),
  "GET /api/v1/admin/partners/:id": byId("partner"),
  "GET /api/v1/admin/partners/:id/notes": byId("partner"),
  "POST /api/v1/admin/partners/:id/notes": byId("partner", { body: "Called today." }),
  "DELETE /api/v1/admin/partners/:id/notes/:noteId": (of) => ({ params: { id: of.partner, noteId: of.note } }),
  "POST /api/v1/admin/partners/:id/look": byId("partner", { reason }),
  "GET /api/v1/admin/partners/:id/timeline": (of) => ({ params: { id: of.partner }, query: { ...page, kind: "act" } }),
  "GET /api/v1/admin/find": () => ({ query: { q: "ada" } }),
  "GET /api/v1/partners/find": () => ({ query: { q: "ada" } }),
  "PUT /api/v1/admin/partners/:id/approve": byId("pendingPartner", { reason }),
  "PUT /api/v1/admin/partners/:id/reject": byId("pendingPartner", { reason }),
  "PUT /api/v1/admin/partners/:id/suspend": byId("partner", { reason }),
  "PUT /api/v1/admin/partners/:id/reactivate": byId("partner", { reason }),
  "PUT /api/v1/admin/partners/:id/terminate": byId("pendingPartner", { reason }),
  "PUT /api/v1/admin/partners/:id/terms": byId("partner", {
    overrides: { signupBonus: 2_000 },
    isRetroactive: false,
    reason,
  }),
  "GET /api/v1/admin/partners/tier-reviews": (of) => ({ query: { ...page, status: "open", partnerId: of.partner } }),
  "PUT /api/v1/admin/partners/tier-reviews/:id/decide": byId("tierReview", { tier: "tier4", reason }),
  "GET /api/v1/admin/partners/upgrades": (of) => ({ query: { ...page, status: "requested", partnerId: of.partner } }),
  "PUT /api/v1/admin/partners/upgrades/:id/approve": byId("upgrade", { reason }),
  "PUT /api/v1/admin/partners/upgrades/:id/reject": byId("upgrade", { reason }),
  "GET /api/v1/admin/partners/invitations": listed(),
  "POST /api/v1/admin/partners/invitations": () => ({ body: { emails: [email("invited")] } }),
  "POST /api/v1/admin/partners/invitations/:id/mail": byId("invitation"),
  "DELETE /api/v1/admin/partners/invitations/:id": byId("invitation"),
};

const referrals: Readonly<Record<string, Request>> = {
  "GET /r/:code": (of) => ({ params: { code: of.linkCode }, query: { utm_campaign: "spring", sub1: "one" } }),
  "POST /api/v1/referrals/track": (of) => ({
    body: {
      code: of.linkCode,
      deviceId: "device-0001",
      referrer: "https://blog.test/",
      campaign: "spring",
      subIds: { sub1: "one" },
    },
  }),
  "POST /api/v1/partners/referrals/link": () => ({
    body: { campaign: "spring", destination: "https://shop.test/pricing", subIds: { sub1: "one" } },
  }),
  "GET /api/v1/partners/referrals/links": listed({ status: "active", campaign: "spring" }),
  "POST /api/v1/partners/referrals/links/:id/archive": byId("link"),
  "GET /api/v1/partners/referrals": listed({ status: "converted", source: "click", createdFrom: AT }),
  "GET /api/v1/partners/referrals/stats": () => ({ query: instants }),
  "GET /api/v1/partners/referrals/:id": byId("referral"),
  "POST /api/v1/referrals/signup": (of) => ({
    body: {
      externalId: fresh("signup"),
      clickId: of.click,
      email: email("customer"),
      emailVerified: true,
      ip: "203.0.113.9",
    },
  }),
  "POST /api/v1/referrals/convert": (of) => ({
    body: {
      externalId: fresh("convert"),
      couponCode: of.couponCode,
      email: email("customer"),
      deviceId: "device-0001",
    },
  }),
  "POST /api/v1/referrals/verify": (of) => ({ body: { externalId: of.customer, email: email("customer") } }),
  "POST /api/v1/referrals/validate": (of) => ({ body: { code: of.linkCode } }),
  "GET /api/v1/admin/referrals": (of) => ({ query: { ...page, partnerId: of.partner, externalId: of.customer } }),
  "GET /api/v1/admin/referrals/:id": byId("referral"),
  "POST /api/v1/admin/referrals/assign": (of) => ({
    body: { externalId: fresh("assigned"), email: email("customer"), partnerId: of.partner, reason },
  }),
  "POST /api/v1/admin/referrals/:id/reattribute": (of) => byId("referral", { partner: of.partner, reason })(of),
  "POST /api/v1/admin/referrals/:id/reject": byId("referral", { reason, takesBackApproved: false }),
  "GET /api/v1/admin/coupons": (of) => ({
    query: { ...page, partnerId: of.partner, status: "active", code: of.couponCode },
  }),
  "POST /api/v1/admin/coupons": (of) => ({
    body: { partnerId: of.partner, code: fresh("C"), isExclusive: true, startsAt: AT, endsAt: "2027-03-01T00:00:00Z" },
  }),
  "POST /api/v1/admin/coupons/:id/archive": byId("coupon"),
  "GET /api/v1/admin/explain": (of) => ({ query: { clickId: of.click } }),
};

const figures: Readonly<Record<string, Request>> = {
  "GET /api/v1/partners/analytics/export-schedules": listed(),
  "POST /api/v1/partners/analytics/export-schedules": () => ({ body: MONTHLY_EXPORT }),
  "DELETE /api/v1/partners/analytics/export-schedules/:id": byId("exportSchedule"),
  "GET /api/v1/admin/partners/analytics/export-schedules": listed(),
  "POST /api/v1/admin/partners/analytics/export-schedules": () => ({ body: { ...MONTHLY_EXPORT, delivery: "mail" } }),
  "DELETE /api/v1/admin/partners/analytics/export-schedules/:id": byId("programSchedule"),
  "GET /api/v1/partners/analytics/overview": () => ({ query: period }),
  "GET /api/v1/partners/analytics/performance": () => ({ query: { ...period, granularity: "week" } }),
  "GET /api/v1/partners/analytics/conversions": () => ({ query: period }),
  "GET /api/v1/partners/analytics/revenue": () => ({ query: { ...period, granularity: "day" } }),
  "GET /api/v1/partners/analytics/revenue/by": () => ({ query: { ...period, dimension: "product" } }),
  "GET /api/v1/admin/partners/analytics/revenue/by": (of) => ({
    query: { ...period, dimension: "cohort", partnerId: of.partner },
  }),
  "GET /api/v1/partners/analytics/forecast": nothing,
  "GET /api/v1/partners/analytics/retention": () => ({ query: period }),
  "GET /api/v1/admin/partners/analytics/retention": (of) => ({ query: { ...period, partnerId: of.partner } }),
  "GET /api/v1/admin/partners/analytics/forecast": (of) => ({ query: { partnerId: of.partner } }),
  "POST /api/v1/partners/analytics/export": () => ({ body: { ...period, format: "json", report: "commissions" } }),
  "GET /api/v1/admin/partners/analytics": (of) => ({
    query: { ...period, ...page, partnerId: of.partner, currency: "USD" },
  }),
  "POST /api/v1/admin/partners/analytics/export": (of) => ({
    body: { ...period, format: "csv", report: "referrals", partnerId: of.partner },
  }),
};

const webhooks: Readonly<Record<string, Request>> = {
  "GET /api/v1/webhooks/events": nothing,
  "GET /api/v1/webhooks/stream": nothing,
  "POST /api/v1/webhooks/endpoints": () => ({
    body: { url: "http://127.0.0.1:9/webhooks", description: "Ours", events: ["payout.*", "commission.created"] },
  }),
  "GET /api/v1/webhooks/endpoints": listed({ sort: "createdAt" }),
  "GET /api/v1/webhooks/endpoints/:id": byId("webhook"),
  "PATCH /api/v1/webhooks/endpoints/:id": byId("webhook", {
    url: "http://127.0.0.1:9/other",
    description: "Ours",
    events: ["*"],
    status: "active",
  }),
  "POST /api/v1/webhooks/endpoints/:id/rotate-secret": byId("webhook"),
  "POST /api/v1/webhooks/endpoints/:id/ping": byId("webhook"),
  "POST /api/v1/webhooks/endpoints/:id/enable": byId("webhook"),
  "GET /api/v1/webhooks/deliveries": (of) => ({
    query: { ...page, endpointId: of.webhook, status: "waiting", eventType: "webhook.ping", objectId: of.partner },
  }),
  "GET /api/v1/webhooks/deliveries/:id": byId("delivery"),
  "POST /api/v1/webhooks/deliveries/:id/replay": byId("delivery"),
  "POST /api/v1/webhooks/replay": (of) => ({
    body: { endpointId: of.webhook, ...instants, includeDelivered: false },
  }),
  "DELETE /api/v1/webhooks/endpoints/:id": byId("webhook"),
};

const revenue: Readonly<Record<string, Request>> = {
  "POST /api/v1/admin/revenue/sources": () => ({ body: { kind: "generic", name: "Another system" } }),
  "GET /api/v1/admin/revenue/sources": listed({ sort: "-createdAt" }),
  "POST /api/v1/admin/revenue/sources/:id/rotate": byId("revenueSource", { overlapHours: 1 }),
  "PATCH /api/v1/admin/revenue/sources/:id": byId("revenueSource", { name: "Renamed", isEnabled: true }),
  "GET /api/v1/admin/revenue/unmatched": (of) => ({
    query: { ...page, sourceId: of.revenueSource, status: "waiting", reason: "customer_unknown", currency: "USD" },
  }),
  "GET /api/v1/admin/revenue/failures": listed({ sort: "-receivedAt" }),
};

/** Take bytes that others have signed; their tests are beside them. */
export const SIGNED_ROUTES: readonly string[] = [
  "POST /api/v1/webhooks/stripe-connect",
  "POST /api/v1/webhooks/stripe-billing/:sourceId",
  "POST /api/v1/intake/:sourceId",
  "POST /api/v1/webhooks/card-issuer/:programId",
  "POST /api/v1/webhooks/card-issuer/:programId/authorizations",
];

/** A well-formed request of every route of the API, by its name. A route that is missing here is found. */
export const REQUESTS: Readonly<Record<string, Request>> = {
  ...signIn,
  ...team,
  ...program,
  ...partners,
  ...referrals,
  ...money,
  ...revenue,
  ...figures,
  ...webhooks,
  ...SUPPORT_REQUESTS,
  ...BRANDING_REQUESTS,
  ...SUB_OPERATOR_REQUESTS,
  ...COMPLIANCE_REQUESTS,
  ...LEAD_REQUESTS,
  ...CARD_REQUESTS,
  ...FRAUD_REQUESTS,
  ...TAX_REQUESTS,
  ...TEST_MODE_REQUESTS,
  ...PRIVACY_REQUESTS,
  ...FACTOR_REQUESTS,
};
