import type { Audit } from "../audit/index.ts";
import type { AccountPair, Ledger } from "../ledger/index.ts";
import type { Sealer } from "../platform/crypto/index.ts";
import type { Database, ReadTx, Tx } from "../platform/database/index.ts";
import type { Reader } from "../platform/language/index.ts";
import type { Mailer } from "../platform/mail/index.ts";
import type { Outbox } from "../platform/outbox/index.ts";
import type { PdfBrand } from "../platform/pdf/index.ts";
import type { MethodKind } from "./method-repository.ts";
import type { AccountProvider, TransferProvider } from "./transfer-provider.ts";

/** What a gate says. */
export type GateAnswer =
  | { readonly allowed: true }
  | {
      readonly allowed: false;
      /** For the operator alone: a partner reads it nowhere. */
      readonly reason: string;
      /** What it stands against: everything of the partner that waits, or this payout alone. */
      readonly about: "partner" | "payout";
      /** A person has refused it, and nothing that comes by itself lets it go. Otherwise it waits for something. */
      readonly isLasting: boolean;
    };

/** What a gate is asked about. */
export type AskedPayout = {
  readonly partnerId: string;
  readonly payoutId: string;
  readonly amount: bigint;
  readonly currency: string;
};

/**
 * May this money leave? Asked in the transaction that lets it go, about any number of payouts at once; answers by payout. What it says of one does not
 * depend on which others it is asked about. What it says nothing about stays; it throws where it cannot answer for one of them.
 */
export type PayoutGate = (tx: ReadTx, payouts: readonly AskedPayout[]) => Promise<ReadonlyMap<string, GateAnswer>>;

/**
 * What is kept back of payouts for the tax authority, in minor units of each, by payout; of one that is absent nothing. Asked in the
 * transaction that lets them go, and again when each is first sent.
 */
export type Withholding = (
  tx: ReadTx,
  payouts: readonly { readonly id: string; readonly partner_id: string; readonly amount: bigint }[],
) => Promise<ReadonlyMap<string, bigint>>;

/** What payouts ask of partners. */
export type PayeeFacts = {
  /** Throws `partner.not_found`. */
  getPartner(tx: ReadTx, partnerId: string): Promise<{ readonly status: string; readonly companyName: string | null }>;
  /** By id; who is not there is left out. */
  findStatuses(tx: ReadTx, partnerIds: readonly string[]): Promise<ReadonlyMap<string, string>>;
  /** Ids by the name that a partner has in another system; who has none of these is left out. */
  findByExternalIds(tx: ReadTx, externalIds: readonly string[]): Promise<ReadonlyMap<string, string>>;
  /** The minimum of current terms, each in a currency, minor units, in the order given; undefined where there is none. */
  minimumPayouts(tx: ReadTx, asked: readonly AccountPair[]): Promise<readonly (bigint | undefined)[]>;
  /** Where the partner is reached; for the provider's forms. */
  contactOf(tx: ReadTx, partnerId: string): Promise<{ readonly email: string }>;
};

/** What payouts ask of people: whose key it is that acts, and whom to tell of money that did not arrive. */
export type PayoutPeople = {
  /** Who made a key; null where the program did, or there is none. */
  makerOfKey(tx: ReadTx, keyId: string): Promise<string | null>;
  /** Active members of the team who may process payouts. */
  findPayers(tx: ReadTx): Promise<readonly string[]>;
  contactsOf(
    tx: ReadTx,
    userIds: readonly string[],
  ): Promise<ReadonlyMap<string, Reader & { readonly name?: string | null }>>;
};

/** What payouts ask of commissions, and tell them. */
export type PaidCommissions = {
  /**
   * Approved rows of accounts, in the order given, reversals included, as a payout draws them: negative ones first, then oldest approval,
   * then id. At most `limit` of each, those that come after the row `after`, earned until `until`.
   */
  approvedCommissions(
    tx: ReadTx,
    of: readonly (AccountPair & { readonly after?: string | undefined; readonly until?: Date | undefined })[],
    limit: number,
  ): Promise<readonly (readonly { readonly id: string; readonly amount: bigint }[])[]>;
  /** What statements say of commissions, by id; customers are masked. */
  describeCommissions(tx: ReadTx, ids: readonly string[]): Promise<ReadonlyMap<string, DescribedCommission>>;
  /** `confirmed` is what has left of each: a row is `paid` when that reaches its amount, and `approved` again when it no longer does. */
  settlePaid(tx: Tx, parts: readonly { readonly id: string; readonly confirmed: bigint }[]): Promise<void>;
};

export type DescribedCommission = {
  readonly type: string;
  readonly rule: string;
  readonly customer: string | null;
  readonly occurredAt: Date;
  readonly reversesId: string | null;
};

/** The provider of an attempt; undefined where it is not configured any more. */
export const findProvider = (
  { providers }: Pick<PayoutDeps, "providers">,
  { provider }: { readonly provider: string },
): TransferProvider | undefined => Object.values(providers).find(({ name }) => name === provider);

/** What the verbs of this module are made with. */
export type PayoutDeps = {
  readonly db: Database;
  readonly audit: Audit;
  readonly outbox: Outbox;
  readonly ledger: Ledger;
  readonly partners: PayeeFacts;
  readonly people: PayoutPeople;
  /** Days of schedules are days of the programme. */
  /** How documents look; plain when not given. */
  readonly brandOf?: (tx: ReadTx) => Promise<PdfBrand>;
  readonly programs: {
    getProgram(tx: ReadTx): Promise<{ readonly name: string; readonly timeZone: string }>;
  };
  readonly mailer: Pick<Mailer, "send">;
  readonly commissions: PaidCommissions;
  readonly sealer: Sealer;
  readonly gates: readonly PayoutGate[];
  readonly withholding: Withholding;
  readonly providers: Readonly<Partial<Record<MethodKind, TransferProvider>>>;
  /** Undefined where no Stripe key is configured: then payouts go out as bank files alone. */
  readonly accounts: AccountProvider | undefined;
  readonly publicUrl: string;
};
