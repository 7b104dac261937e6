import { randomBytes } from "node:crypto";
import type { RecordStore } from "../records/record-store.ts";

/** Somebody with an account. The id is what Tributary knows as `externalId`. */
export type Customer = {
  readonly id: string;
  readonly name: string;
  readonly email: string;
  /** The click that brought it here, kept from the landing page's `?tid=`. */
  readonly clickId: string | null;
  readonly deviceId: string;
  readonly createdAt: string;
  readonly plan: { readonly productId: string; readonly renewsAt: string } | null;
};

export type Session = { readonly id: string; readonly customerId: string };

/** What happened to money: a purchase, a renewal, or a refund of one. */
export type Act = {
  readonly id: string;
  readonly customerId: string;
  readonly kind: "purchase" | "renewal" | "refund";
  readonly label: string;
  readonly amount: number;
  readonly currency: string;
  readonly occurredAt: string;
  /** Of a refund: what it gives back. */
  readonly originalId: string | null;
};

/** Something that Tributary is to be told, kept until it has answered. */
export type Report = {
  /** With the number of the wording it is the idempotency key: the same however often it is sent. */
  readonly id: string;
  readonly customerId: string;
  readonly path: string;
  /** The body; after a refusal the next one is tried, as a coupon that is unknown leaves the click. */
  readonly bodies: readonly object[];
  readonly wording: number;
  readonly state: "waiting" | "done" | "refused";
  readonly attempts: number;
  readonly dueMs: number;
  readonly answer: unknown;
  /** In words: why it waits or was refused. */
  readonly trouble: string | null;
};

export type ShopKinds = { customers: Customer; sessions: Session; acts: Act; reports: Report };
export const SHOP_KINDS = ["customers", "sessions", "acts", "reports"] as const satisfies readonly (keyof ShopKinds)[];
export type ShopRecords = RecordStore<ShopKinds>;

const ALPHABET = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ";

/** `FB-7K3M9QXW`: short enough to read out, random enough never to come twice, even after the shop's memory was wiped. */
export const newNumber = (prefix: string): string =>
  `${prefix}-${[...randomBytes(8)].map((byte) => ALPHABET[byte % ALPHABET.length]).join("")}`;

/** What of a purchase has not been given back. */
export function leftOf(records: ShopRecords, purchase: Act): number {
  const refunds = records.acts.all().filter(({ originalId }) => originalId === purchase.id);
  return purchase.amount - refunds.reduce((sum, { amount }) => sum + amount, 0);
}

export const actsOf = (records: ShopRecords, customerId: string): Act[] =>
  records.acts
    .all()
    .filter((act) => act.customerId === customerId)
    .toReversed();
