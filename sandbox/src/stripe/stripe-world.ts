import type { RecordStore } from "../records/record-store.ts";
import type { Agenda } from "./agenda.ts";
import type { Balances } from "./balances.ts";
import type { StripeKinds } from "./stripe-records.ts";

/** The request that an act is done for; null where it happens by itself. */
export type Cause = { readonly requestId: string; readonly idempotencyKey: string | null } | null;

export type News = {
  readonly type: string;
  readonly object: object;
  /** The connected account that it is about, whose endpoints are told; absent for what is the platform's own. */
  readonly account?: string;
  readonly previous?: object;
};

/** What operations work on. They are synchronous: what one request does, no other sees half done. */
export type StripeWorld = {
  readonly records: RecordStore<StripeKinds>;
  readonly balances: Balances;
  readonly agenda: Agenda;
  readonly secretKey: string;
  /** Where the stand-in can be reached: for links. */
  baseUrl(): string;
  now(): Date;
  emit(news: News): void;
};
