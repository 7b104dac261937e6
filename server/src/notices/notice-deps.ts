import type { Audit } from "../audit/index.ts";
import type { Ctx } from "../platform/context.ts";
import type { Database, ReadTx } from "../platform/database/index.ts";
import type { Reader } from "../platform/language/index.ts";
import type { Mailer, PartnerLook } from "../platform/mail/index.ts";
import type { Outbox } from "../platform/outbox/index.ts";

/** What notices ask of partners. */
export type PartnerFacts = {
  /** By id; who is not there is left out. */
  findPartners(tx: ReadTx, ids: readonly string[]): Promise<ReadonlyMap<string, { readonly userId: string }>>;
};

/** What they ask of people. */
export type PeopleFacts = {
  /** By id; who is not there is left out. */
  contactsOf(tx: ReadTx, userIds: readonly string[]): Promise<ReadonlyMap<string, Reader>>;
  findAdministrators(tx: ReadTx): Promise<readonly Reader[]>;
};

export type NoticeDeps = {
  readonly db: Database;
  readonly audit: Audit;
  readonly outbox: Outbox;
  readonly mailer: Pick<Mailer, "send">;
  readonly partners: PartnerFacts;
  readonly people: PeopleFacts;
  readonly programs: { getProgram(tx: ReadTx): Promise<{ readonly timeZone: string }> };
  readonly partnerLook: PartnerLook;
  /** Signs the links by which people unsubscribe. */
  readonly linkKey: Buffer;
  readonly publicUrl: string;
  /** Has the domain that links are made with shown again to be the tenant's. */
  readonly proveLinkHost: (ctx: Ctx) => Promise<void>;
};
