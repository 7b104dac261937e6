import type { Audit } from "../audit/index.ts";
import type { HolderOnFile } from "../payouts/index.ts";
import type { Ctx } from "../platform/context.ts";
import type { Sealer } from "../platform/crypto/index.ts";
import type { Database, Page, PageRequest, ReadTx, Tx } from "../platform/database/index.ts";
import type { Outbox } from "../platform/outbox/index.ts";
import type { Program, Tier } from "../programs/index.ts";
import type { FormOnFile, SignedOnFile } from "../tax/index.ts";
import type { NameScreening } from "./name-screening.ts";

/** What compliance reads of a partner. */
export type ComplyingPartner = {
  readonly id: string;
  readonly userId: string;
  readonly status: string;
  readonly tier: Tier;
  readonly companyName: string | null;
  readonly country: string | null;
  readonly joinedAt: Date;
};

/** The same with the person who signs in. */
export type PartnerWithPerson = ComplyingPartner & { readonly name: string | null; readonly isEmailVerified: boolean };

/** The same with what is sealed of it, unopened; undefined where there is none. */
export type PartnerOnFile = PartnerWithPerson & {
  readonly form: FormOnFile | undefined;
  readonly account: HolderOnFile | undefined;
};

/** What the verbs of this module are made with. */
export type ComplianceDeps = {
  readonly db: Database;
  readonly audit: Audit;
  readonly outbox: Outbox;
  readonly sealer: Sealer;
  /** What names that were compared are hashed with. */
  readonly nameKey: Buffer;
  readonly partners: {
    /** Throws `partner.not_found`. */
    getPartner(tx: ReadTx, partnerId: string): Promise<ComplyingPartner>;
    /** By id; who is not there is left out. */
    findPartners(tx: ReadTx, partnerIds: readonly string[]): Promise<ReadonlyMap<string, ComplyingPartner>>;
    /** Ids of active partners in order, `limit` of them after `after`. */
    findActivePartners(
      tx: ReadTx,
      of: { readonly after: string | undefined; readonly limit: number },
    ): Promise<readonly string[]>;
    /** Everybody, page by page. */
    findPartnerPage(ctx: Ctx, request: PageRequest): Promise<Page<PartnerWithPerson>>;
    lockSequences(tx: Tx, partnerIds: readonly string[]): Promise<unknown>;
  };
  readonly people: {
    contactsOf(
      tx: ReadTx,
      userIds: readonly string[],
    ): Promise<
      ReadonlyMap<
        string,
        { readonly email: string; readonly name: string | null; readonly emailVerifiedAt: Date | null }
      >
    >;
  };
  readonly taxes: {
    /** The forms in force, by partner. */
    findFormsOnFile(tx: ReadTx, partnerIds: readonly string[]): Promise<ReadonlyMap<string, FormOnFile>>;
    /** The same, to be opened. */
    findSignedIdentities(tx: ReadTx, partnerIds: readonly string[]): Promise<ReadonlyMap<string, SignedOnFile>>;
  };
  readonly payouts: {
    /** Whose accounts partners are paid to, by partner. */
    findHolders(tx: ReadTx, partnerIds: readonly string[]): Promise<ReadonlyMap<string, HolderOnFile>>;
  };
  readonly programs: { getProgram(tx: ReadTx): Promise<Program> };
  readonly screening: NameScreening;
};
