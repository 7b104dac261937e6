import { randomUUID } from "node:crypto";
import { monthAfter } from "../pages/money-words.ts";
import type { Product } from "./catalogue.ts";
import { findProduct } from "./catalogue.ts";
import type { Reporter } from "./reporter.ts";
import { type Act, type Customer, leftOf, newNumber, type ShopRecords } from "./shop-records.ts";

export type ShopDeps = {
  readonly records: ShopRecords;
  readonly atomically: <T>(work: () => T) => T;
  readonly reporter: Reporter;
  readonly now: () => Date;
};

export type Visit = { readonly clickId: string | undefined; readonly deviceId: string; readonly ip: string };

const CONVERT = "/api/v1/referrals/convert";
const TRANSACTIONS = "/api/v1/transactions";

/** Opens an account, and puts down for Tributary who brought it: a code where one is given, else the click. */
export function signUp(deps: ShopDeps, input: { name: string; email: string; code: string; visit: Visit }): Customer {
  const { name, email, code, visit } = input;
  return deps.atomically(() => {
    const customer = deps.records.customers.put({
      id: newNumber("FBC"),
      name,
      email,
      clickId: visit.clickId ?? null,
      deviceId: visit.deviceId,
      createdAt: deps.now().toISOString(),
      plan: null,
    });
    reportConversion(deps, customer, { code, ip: visit.ip });
    return customer;
  });
}

/**
 * Puts down that the customer is to be tied to who brought it. A code may be a coupon or a partner's own code; where it is neither, the click counts.
 * Nothing of this where there is neither code nor click.
 */
export function reportConversion(deps: ShopDeps, customer: Customer, { code, ip }: { code: string; ip: string }): void {
  // The demo sends no mail to confirm an address: it takes every one for confirmed.
  const known = {
    externalId: customer.id,
    email: customer.email,
    emailVerified: true,
    deviceId: customer.deviceId,
    ip,
  };
  const bodies = [
    ...(code === ""
      ? []
      : [
          { ...known, couponCode: code },
          { ...known, referralCode: code },
        ]),
    ...(customer.clickId === null ? [] : [{ ...known, clickId: customer.clickId }]),
  ];
  if (bodies.length === 0) return;
  const count = conversionsOf(deps.records, customer.id).length;
  deps.reporter.add({ id: `${customer.id}-convert-${count + 1}`, customerId: customer.id, path: CONVERT, bodies });
}

export const conversionsOf = (records: ShopRecords, customerId: string) =>
  records.reports.all().filter((report) => report.customerId === customerId && report.path === CONVERT);

/** Whether nobody has brought the customer yet, as far as is known: a code may still be given. */
export const mayGiveCode = (records: ShopRecords, customerId: string): boolean =>
  conversionsOf(records, customerId).every(({ state }) => state === "refused");

/** Sells a product. `formId` is the form's own: sent twice it is one purchase. */
export function buy(
  deps: ShopDeps,
  customer: Customer,
  { product, formId }: { product: Product; formId: string },
): Act {
  return deps.atomically(() => {
    const known = deps.records.acts.get(formId);
    if (known !== undefined) return known;
    const occurredAt = deps.now().toISOString();
    if (product.isMonthly) {
      deps.records.customers.put({ ...customer, plan: { productId: product.id, renewsAt: monthAfter(occurredAt) } });
    }
    const label = product.isMonthly ? `${product.name}, first month` : product.name;
    return pay(deps, customer, { id: formId, kind: "purchase", label, product, occurredAt });
  });
}

/** Pays the next month of the customer's plan, as if it had come. Undefined without a plan. */
export function renew(deps: ShopDeps, customer: Customer, formId: string): Act | undefined {
  return deps.atomically(() => {
    const known = deps.records.acts.get(formId);
    const { plan } = customer;
    const product = plan === null ? undefined : findProduct(plan.productId);
    if (known !== undefined || plan === null || product === undefined) return known;
    deps.records.customers.put({ ...customer, plan: { ...plan, renewsAt: monthAfter(plan.renewsAt) } });
    const month = new Date(plan.renewsAt).toLocaleDateString("en-GB", { month: "long", timeZone: "UTC" });
    const label = `${product.name}, ${month}`;
    return pay(deps, customer, { id: formId, kind: "renewal", label, product, occurredAt: plan.renewsAt });
  });
}

function pay(
  deps: ShopDeps,
  customer: Customer,
  at: { id: string; kind: "purchase" | "renewal"; label: string; product: Product; occurredAt: string },
): Act {
  const { id, kind, label, occurredAt } = at;
  const { amount, currency } = at.product;
  const act = deps.records.acts.put({
    id,
    customerId: customer.id,
    kind,
    label,
    amount,
    currency,
    occurredAt,
    originalId: null,
  });
  reportAct(deps, act, { kind: "payment" });
  return act;
}

/** Gives back part or all of a payment. Undefined where so much is not left. */
export function refund(
  deps: ShopDeps,
  purchase: Act,
  { amount, formId }: { amount: number; formId: string },
): Act | undefined {
  return deps.atomically(() => {
    const known = deps.records.acts.get(formId);
    if (known !== undefined) return known;
    if (amount <= 0 || amount > leftOf(deps.records, purchase)) return undefined;
    // A renewal that was paid ahead of its day is refunded after it.
    const earliestMs = new Date(purchase.occurredAt).getTime() + 1000;
    const occurredAt = new Date(Math.max(deps.now().getTime(), earliestMs)).toISOString();
    const { customerId, currency } = purchase;
    const label = `Refund of ${purchase.label}`;
    const act = deps.records.acts.put({
      id: formId,
      customerId,
      kind: "refund",
      label,
      amount,
      currency,
      occurredAt,
      originalId: purchase.id,
    });
    reportAct(deps, act, { kind: "refund", originalExternalId: purchase.id });
    return act;
  });
}

function reportAct(deps: ShopDeps, act: Act, rest: { kind: string; originalExternalId?: string }): void {
  const body = {
    externalId: act.id,
    customerExternalId: act.customerId,
    ...rest,
    amount: act.amount,
    currency: act.currency,
    occurredAt: act.occurredAt,
    // Who came by itself was never converted; Tributary is to know the customer all the same.
    createCustomer: true,
  };
  deps.reporter.add({ id: act.id, customerId: act.customerId, path: TRANSACTIONS, bodies: [body] });
}

export const newFormId = (): string => newNumber("FB");
export const newDeviceId = (): string => randomUUID();
