import type { RawBuilder } from "kysely";
import type { Audit } from "../audit/index.ts";
import type { NewUser, User } from "../identity/index.ts";
import type { Ctx, PartnerTier } from "../platform/context.ts";
import type { Database, ReadTx, Tx } from "../platform/database/index.ts";
import type { FlagKey } from "../platform/flags/index.ts";
import type { Mailer } from "../platform/mail/index.ts";
import type { Outbox } from "../platform/outbox/index.ts";
import type { AskedTerms, Program, PublishedHead, PublishedPlans } from "../programs/index.ts";

/** May this partner be approved? Asked in the transaction that approves it; a gate that cannot answer says no. */
export type ApprovalGate = (
  tx: ReadTx,
  candidate: { readonly partnerId: string },
) => Promise<{ readonly allowed: true } | { readonly allowed: false; readonly reason: string }>;

export type Contact = Pick<User, "email" | "name" | "emailVerifiedAt" | "language">;

/** What partners ask of identity. */
export type PartnerPeople = {
  /** Throws `auth.too_many_attempts` where an e-mail, known or not, has been sent as many mails as anybody may have sent to it. */
  countMailTo(ctx: Ctx, to: { readonly email: string }): Promise<void>;
  /** Throws `user.email_taken`. */
  createUser(tx: Tx, user: NewUser): Promise<User>;
  /** Makes people who cannot sign in yet, and leaves out those whose e-mail is taken; ids by e-mail. */
  createPeople(
    tx: Tx,
    people: readonly { readonly email: string; readonly name: string | null }[],
  ): Promise<ReadonlyMap<string, string>>;
  sendVerification(tx: Tx, user: Pick<User, "id">): Promise<void>;
  findUserByEmail(tx: ReadTx, email: string): Promise<Pick<User, "id" | "emailVerifiedAt"> | undefined>;
  /** Those of the e-mails, in their normal form, with which somebody can sign in. */
  findKnownEmails(tx: ReadTx, emails: readonly string[]): Promise<ReadonlySet<string>>;
  /** Who people are, by id; who is not there is left out. */
  contactsOf(tx: ReadTx, userIds: readonly string[]): Promise<ReadonlyMap<string, Contact>>;
  /** Those in whose name or e-mail the words are; the newest, where there are more than `limit`. */
  findPeopleNamed(tx: ReadTx, words: string, limit: number): Promise<readonly string[]>;
  /** Whether they are in that of the person whom an expression names, as a part of a statement. */
  isPersonNamed(tx: ReadTx, userId: RawBuilder<unknown>, words: string): RawBuilder<boolean>;
  /** What API keys are called, by id. */
  keyNamesOf(tx: ReadTx, ids: readonly string[]): Promise<ReadonlyMap<string, string>>;
  /** A token that reads as a partner and changes nothing, for a person who is signed in. */
  issueLook(
    ctx: Ctx,
    look: {
      readonly userId: string;
      readonly sessionId: string;
      readonly partnerId: string;
      readonly partnerTier: PartnerTier;
    },
  ): Promise<{ readonly token: string; readonly expiresAt: Date }>;
  /** Names of a partner's API keys that one person has made and that can be used. */
  findKeysMadeBy(tx: ReadTx, of: { readonly partnerId: string; readonly userId: string }): Promise<readonly string[]>;
  /** Ends every API key of a partner that has ended. */
  revokeKeysOfPartner(tx: Tx, of: { readonly partnerId: string; readonly reason: string }): Promise<void>;
};

/** What partners ask of referrals, which lie above: handed in by the composition root. */
export type ReferralFacts = {
  /** Those of the codes that lead somewhere already. */
  findTakenCodes(tx: ReadTx, codes: readonly string[]): Promise<ReadonlySet<string>>;
  /** How many of a partner's referrals have qualified since. */
  countQualified(tx: ReadTx, of: { readonly partnerId: string; readonly since: Date }): Promise<number>;
};

/** What the verbs of this module are made with. */
export type PartnerDeps = {
  readonly db: Database;
  readonly audit: Audit;
  readonly outbox: Outbox;
  readonly mailer: Mailer;
  readonly programs: {
    getProgram(tx: ReadTx): Promise<Program>;
    /** Keeps a publication out until the transaction ends. */
    holdProgram(tx: Tx): Promise<Program>;
    /** The same, and other importers and publishers with it. */
    lockProgram(tx: Tx): Promise<Program>;
    findPublishedHeads(tx: ReadTx): Promise<PublishedHead[]>;
    readonly publishedPlans: PublishedPlans;
    /** Refuses terms that nobody may be given. */
    requireAllowed(tx: ReadTx, asked: AskedTerms): Promise<void>;
  };
  readonly people: PartnerPeople;
  readonly flags: { isEnabled(ctx: Pick<Ctx, "tenantId">, key: FlagKey): Promise<boolean> };
  readonly referrals: ReferralFacts;
  readonly gates: readonly ApprovalGate[];
  /** Addresses of a partner's webhook endpoints that one person has made. Webhooks lie above: handed in by the composition root. */
  findEndpointsMadeBy(
    tx: ReadTx,
    of: { readonly partnerId: string; readonly userId: string },
  ): Promise<readonly string[]>;
  /** Whether there is anything of fees with a partner. Fees lie above: handed in by the composition root. */
  hasFees(tx: ReadTx, partnerId: string): Promise<boolean>;
  /** How many more partners there may be; null without a limit. Whoever asks at the same time waits. Handed in by the composition root. */
  room(tx: Tx): Promise<number | null>;
  readonly publicUrl: string;
  /** Has the domain that links are made with shown again to be the tenant's. Without, links with a token are made without it. */
  readonly proveLinkHost?: (ctx: Ctx) => Promise<void>;
  readonly newCode: () => string;
};
