import type { Audit } from "../audit/index.ts";
import type { PartnerTier } from "../platform/context.ts";
import type { Database, ReadTx } from "../platform/database/index.ts";
import type { Outbox } from "../platform/outbox/index.ts";
import type { Terms } from "../programs/index.ts";

/** What the verbs of this module are made with. */
export type MaterialDeps = {
  readonly db: Database;
  readonly audit: Audit;
  readonly outbox: Outbox;
  readonly publicUrl: string;
  readonly programs: { getProgram(tx: ReadTx): Promise<{ readonly destinationHosts: readonly string[] }> };
  readonly partners: {
    /** Throws `partner.not_found`. */
    getPartner(
      tx: ReadTx,
      partnerId: string,
    ): Promise<{ readonly tier: PartnerTier; readonly companyName: string | null; readonly referralCode: string }>;
    currentTerms(
      tx: ReadTx,
      partnerIds: readonly string[],
      at: Date,
    ): Promise<ReadonlyMap<string, Pick<Terms, "features">>>;
  };
};
