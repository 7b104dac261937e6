import type { Audit } from "../audit/index.ts";
import type { Clock } from "../kernel/clock.ts";
import type { Sealer } from "../platform/crypto/index.ts";
import type { Database, ReadTx } from "../platform/database/index.ts";
import type { Reader } from "../platform/language/index.ts";
import type { Mailer, PartnerLook } from "../platform/mail/index.ts";
import type { Outbox } from "../platform/outbox/index.ts";
import type { AddressPolicy } from "./address-rules.ts";

/** What webhooks ask of partners. */
export type OwnerFacts = {
  /** Throws `feature.not_included`. */
  requireFeature(tx: ReadTx, partnerId: string, ...anyOf: readonly ("webhooks" | "partner_api")[]): Promise<void>;
  contactOf(tx: ReadTx, partnerId: string): Promise<Reader>;
};

export type WebhookDeps = {
  readonly db: Database;
  readonly audit: Audit;
  readonly outbox: Outbox;
  readonly sealer: Sealer;
  /** The machine's: a receiver compares the time of a message with its own clock, also where a tenant's is moved. */
  readonly clock: Clock;
  readonly partners: OwnerFacts;
  /** Who is written to about the operator's own endpoints. */
  readonly operatorContacts: (tx: ReadTx) => Promise<readonly Reader[]>;
  readonly mailer: Mailer;
  /** How mails to partners look; plain when not given. */
  readonly partnerLook?: PartnerLook;
  readonly addresses: AddressPolicy;
  readonly publicUrl: string;
};
