import { randomUUID } from "node:crypto";
import type { SandboxClock } from "../clock.ts";
import type { RecordStore } from "../records/record-store.ts";

export type Json = Readonly<Record<string, unknown>>;

/** What lies under a token: the object as it is answered, and the content that made it. */
export type Resource = { readonly id: string; readonly made: string; readonly object: Json };

export type Transaction = {
  readonly id: string;
  readonly type: string;
  readonly state: "PENDING" | "COMPLETION" | "DECLINED";
  readonly cardToken: string;
  readonly userToken: string;
  /** A decimal number of major units, as the wire has it. */
  readonly amount: number;
  readonly currency: string;
  readonly merchant: string;
  readonly mcc: string;
  readonly precedingToken: string | null;
  readonly fundingToken: string;
  readonly at: string;
};

/** A message for a webhook, until it is taken. */
export type Message = { readonly id: string; readonly body: Json };

/** Everything that the stand-in remembers. Records are replaced, never changed in place. */
export type MarqetaKinds = {
  gateways: Resource;
  webhooks: Resource;
  products: Resource;
  users: Resource;
  cards: Resource;
  cardTransitions: Resource;
  userTransitions: Resource;
  /** Numbers of cards, apart from what is answered. */
  numbers: { readonly id: string; readonly pan: string };
  transactions: Transaction;
  messages: Message;
};

export const MARQETA_KINDS = [
  "gateways",
  "webhooks",
  "products",
  "users",
  "cards",
  "cardTransitions",
  "userTransitions",
  "numbers",
  "transactions",
  "messages",
] as const satisfies readonly (keyof MarqetaKinds)[];

export type MarqetaWorld = {
  readonly records: RecordStore<MarqetaKinds>;
  readonly clock: SandboxClock;
  /** Whether numbers of cards stand unmasked in everything that is sent: what a receiver keeps of them is then found. */
  readonly showsNumbers: boolean;
  /** Tells the webhooks. */
  emit(body: Json): void;
};

/** An error as the Core API has it: the first three digits of the code are the status. */
export class CoreApiError extends Error {
  override name = "CoreApiError";
  readonly status: number;
  readonly code: string;
  constructor(code: string, message: string) {
    super(message);
    this.status = Number(code.slice(0, 3));
    this.code = code;
  }
  get body(): Json {
    return { error_code: this.code, error_message: this.message };
  }
}

export const newToken = (): string => randomUUID();

export const textOf = (value: unknown): string | undefined =>
  typeof value === "string" && value !== "" ? value : undefined;

const PAN_DIGITS = 16;
const VISIBLE = 4;

/** A number of a range that no issuer has, with its check digit (ISO/IEC 7812). */
export function newNumber(count: number): string {
  const digits = `999999${String(count).padStart(PAN_DIGITS - 7, "0")}`;
  const sum = digits
    .split("")
    .reverse()
    .reduce((total, digit, index) => {
      const doubled = Number(digit) * (index % 2 === 0 ? 2 : 1);
      return total + (doubled > 9 ? doubled - 9 : doubled);
    }, 0);
  return `${digits}${(10 - (sum % 10)) % 10}`;
}

/** The number as it stands in an answer. */
export const shownNumber = (pan: string, isShown: boolean): string =>
  isShown ? pan : `${pan.slice(0, 6)}______${pan.slice(-VISIBLE)}`;

export const lastFourOf = (pan: string): string => pan.slice(-VISIBLE);
