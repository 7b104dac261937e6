import type { Audit } from "../audit/index.ts";
import type { Ledger } from "../ledger/index.ts";
import type { PartnerService } from "../partners/index.ts";
import type { Sealer } from "../platform/crypto/index.ts";
import type { Database, ReadTx, Tx } from "../platform/database/index.ts";
import type { Mailer } from "../platform/mail/index.ts";
import type { Outbox } from "../platform/outbox/index.ts";
import type { PersonalDataSource } from "../platform/personal-data.ts";

/** What the verbs of this module are made with. */
export type PrivacyDeps = {
  readonly db: Database;
  readonly audit: Audit;
  readonly outbox: Outbox;
  readonly ledger: Pick<Ledger, "lock" | "balancesOf" | "currencies">;
  readonly mailer: Pick<Mailer, "send">;
  readonly sealer: Sealer;
  readonly publicUrl: string;
  readonly partners: Pick<PartnerService, "lockSequences">;
  /** What a partner is to be paid by hand and the bank was not told of yet, by currency. */
  readonly payouts: { sumNotHandedOut(tx: ReadTx, partnerId: string): Promise<ReadonlyMap<string, bigint>> };
  /** Whether the law asks to keep what is known of a partner. Locks what would change that, until the transaction ends. */
  mustBeKept(tx: Tx, partnerId: string): Promise<boolean>;
  /** Everything that is kept about people, in the order of the modules; some lie above. */
  readonly sources: readonly PersonalDataSource[];
};
