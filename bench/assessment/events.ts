import type { ReportedTransaction } from "../../server/src/sales/index.ts";
import { customerOf, JOINED_AT } from "../kit/people.ts";

/** Events of each customer, one a day. */
export const EVENTS_OF_CUSTOMER = 50;
const DAY_MS = 86_400_000;
/** On these days customers get back a part of what they paid the day before, or use their card; on all others they pay. */
const REFUND_DAYS = new Set([5, 30]);
const CARD_DAYS = new Set([10, 20, 35, 45]);

export const customersOf = (events: number): number => Math.ceil(events / EVENTS_OF_CUSTOMER);

const nameOf = (customer: number, day: number): string => `event-${customer}-${day}`;

/** The events of many customers over fifty days, in the order in which they happened: 88 % payments, 8 % card spend, 4 % refunds. */
export function* eventsOf(count: number): Generator<ReportedTransaction> {
  const customers = customersOf(count);
  for (let index = 0; index < count; index += 1) {
    const [day, customer] = [Math.floor(index / customers), index % customers];
    const isRefund = REFUND_DAYS.has(day);
    const isCard = CARD_DAYS.has(day);
    const amount = BigInt(1_000 + ((index * 7_919) % 50_000));
    yield {
      externalId: nameOf(customer, day),
      customerExternalId: customerOf(customer),
      kind: isRefund ? "refund" : isCard ? "card" : "payment",
      amount: isRefund ? 300n : amount,
      currency: "USD",
      occurredAt: new Date(JOINED_AT.getTime() + (day + 1) * DAY_MS + customer),
      originalExternalId: isRefund ? nameOf(customer, day - 1) : null,
      tax: isRefund || isCard ? 0n : amount / 6n,
      revenue: isCard ? amount / 50n : 0n,
      createCustomer: false,
    };
  }
}

const HEADER = "external_id,user_external_id,kind,amount,currency,occurred_at,original_external_id,tax,revenue";
const LINES_AT_ONCE = 10_000;

const major = (minor: bigint): string => (Number(minor) / 100).toFixed(2);

/** The same as a file for the command line, in pieces. */
export function* fileOf(count: number): Generator<string> {
  let lines = [HEADER];
  for (const event of eventsOf(count)) {
    lines.push(
      [
        event.externalId,
        event.customerExternalId,
        event.kind,
        major(event.amount),
        event.currency,
        event.occurredAt.toISOString(),
        event.originalExternalId ?? "",
        major(event.tax),
        major(event.revenue),
      ].join(","),
    );
    if (lines.length < LINES_AT_ONCE) continue;
    yield `${lines.join("\n")}\n`;
    lines = [];
  }
  if (lines.length > 0) yield `${lines.join("\n")}\n`;
}
