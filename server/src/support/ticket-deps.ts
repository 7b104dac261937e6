import type { Audit } from "../audit/index.ts";
import type { Database, ReadTx } from "../platform/database/index.ts";
import type { Reader } from "../platform/language/index.ts";
import type { Mailer, PartnerLook } from "../platform/mail/index.ts";
import type { Outbox } from "../platform/outbox/index.ts";
import type { RateLimits } from "../platform/rate-limit/index.ts";
import type { TicketObject } from "./ticket-rules.ts";

/** What the verbs of this module are made with. */
export type TicketDeps = {
  readonly db: Database;
  readonly audit: Audit;
  readonly outbox: Outbox;
  readonly limits: Pick<RateLimits, "consume">;
  readonly mailer: Pick<Mailer, "send">;
  readonly publicUrl: string;
  readonly partnerLook: PartnerLook;
  readonly partners: {
    /** Throws `partner.not_found`. */
    getPartner(tx: ReadTx, partnerId: string): Promise<{ readonly companyName: string | null }>;
    contactOf(tx: ReadTx, partnerId: string): Promise<Reader>;
  };
  readonly people: {
    /** Members of the operator's team who are active. */
    findTeam(tx: ReadTx): Promise<readonly (Reader & { readonly id: string; readonly role: string })[]>;
  };
  /** Whose an object is; undefined where there is none. */
  readonly ownerOf: Readonly<Record<TicketObject, (tx: ReadTx, id: string) => Promise<string | undefined>>>;
};
