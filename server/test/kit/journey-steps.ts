import { newId } from "../../src/kernel/id.ts";
import type { Got, PartnerAt, Side } from "./two-tenants.ts";

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
  readonly taxDocument: string;
  readonly batch: string;
  readonly settlement: string;
  readonly partnerKey: string;
  readonly operatorKey: string;
  readonly session: string;
  readonly upgrade: string;
  readonly tierReview: string;
  readonly invitation: string;
  readonly member: string;
  readonly plan: string;
  readonly user: string;
  readonly coupon: string;
  readonly couponCode: string;
  readonly revenueSource: string;
  readonly webhook: string;
  readonly delivery: string;
  readonly ticket: string;
  readonly ticketFile: string;
  readonly note: string;
  readonly brandImage: string;
  readonly domain: string;
  readonly screeningCase: string;
  readonly agreement: string;
  readonly agreementVersion: string;
  readonly agreementDraft: string;
  readonly lead: string;
  readonly material: string;
  readonly partnerWebhook: string;
  readonly cardProgram: string;
  readonly cardProduct: string;
  readonly partnerUser: string;
  readonly closedUser: string;
  readonly card: string;
  readonly fraudCase: string;
  readonly erasure: string;
  readonly openErasure: string;
  readonly hold: string;
  readonly budget: string;
  readonly budgetClaim: string;
  readonly proof: string;
  readonly exportSchedule: string;
  readonly programSchedule: string;
  /** A partner that may become a sub-operator, and one that is. A tenant under another has none of the latter. */
  readonly bank: string;
  readonly subOperator: string;
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
  taxDocument: newId(),
  batch: newId(),
  settlement: newId(),
  partnerKey: newId(),
  operatorKey: newId(),
  session: newId(),
  upgrade: newId(),
  tierReview: newId(),
  invitation: newId(),
  member: newId(),
  plan: newId(),
  user: newId(),
  coupon: newId(),
  couponCode: `NONE-${newId().slice(-12).toUpperCase()}`,
  revenueSource: newId(),
  webhook: newId(),
  delivery: newId(),
  ticket: newId(),
  ticketFile: newId(),
  note: newId(),
  brandImage: newId(),
  domain: newId(),
  screeningCase: newId(),
  agreement: newId(),
  agreementVersion: newId(),
  agreementDraft: newId(),
  lead: newId(),
  material: newId(),
  partnerWebhook: newId(),
  cardProgram: newId(),
  cardProduct: newId(),
  partnerUser: newId(),
  closedUser: newId(),
  card: newId(),
  fraudCase: newId(),
  erasure: newId(),
  openErasure: newId(),
  hold: newId(),
  budget: newId(),
  budgetClaim: newId(),
  proof: newId(),
  exportSchedule: newId(),
  programSchedule: newId(),
  bank: newId(),
  subOperator: newId(),
});

let turn = 0;
/** A name that nothing else has. */
export const fresh = (what: string): string => `${what}-${(turn += 1)}-${newId().slice(-8)}`;

/** Sends what must go well, and returns its answer's body. */
export async function must(
  side: Pick<Side, "send">,
  ...request: Parameters<Side["send"]>
): Promise<Record<string, unknown>> {
  const [method, url] = request;
  return bodyOf(await side.send(...request), `${method} ${url}`);
}

function bodyOf({ status, text, body }: Got, what: string): Record<string, unknown> {
  if (status >= 400) throw new Error(`${what}: ${status} ${text}`);
  return body;
}

export const idOf = (body: Record<string, unknown>): string => String(body["id"]);
export const firstId = (rows: unknown): string => (rows as { id: string }[])[0]?.id ?? "";

/** A visit through a partner's link, as its click id. */
export async function visit(side: Side, code: string): Promise<string> {
  const { headers } = await side.send("GET", `/r/${code}`);
  return new URL(String(headers["location"])).searchParams.get("tid") ?? "";
}

/** A customer tied to a partner. */
export async function convert(
  side: Side,
  partner: PartnerAt,
  more: object = {},
): Promise<{ customer: string; referral: string; click: string }> {
  const [customer, click] = [fresh("customer"), await visit(side, partner.referralCode)];
  const body = { externalId: customer, clickId: click, email: `${customer}@customers.test`, ...more };
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

/** What somebody says of a payout by hand that is above the limit: it waits for the admin as the second person. */
export async function takeBackLarge(side: Side, payoutId: string): Promise<string> {
  const limit = (approvalAbove: number | null) => ({
    auth: side.admin,
    body: { currency: "USD", approvalAbove, feeBorneBy: "programme", feeFixed: 0, feeRate: 0, schedule: null },
  });
  const settings = "/api/v1/admin/payouts/settings/currency";
  await must(side, "PUT", settings, limit(1));
  const body = { reason: "Account closed", reference: fresh("RTN") };
  const request = { auth: side.finance, key: fresh("key"), body };
  const { settlement } = await must(side, "POST", `/api/v1/admin/payouts/${payoutId}/return`, request);
  await must(side, "PUT", settings, limit(null));
  return idOf(settlement as Record<string, unknown>);
}

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

let accounts = 0n;
/** The same with an account that is nobody else's: whoever shares one is looked at. The check digits are ISO 13616's. */
export const ownBank = () => {
  const account = String((accounts += 1n)).padStart(18, "0");
  const check = 98n - (BigInt(`${account}131400`) % 97n);
  return { ...BANK, iban: `DE${String(check).padStart(2, "0")}${account}` };
};
