import type { Audit } from "../audit/index.ts";
import type { CalendarDate } from "../kernel/calendar.ts";
import { dateInZone } from "../kernel/calendar.ts";
import type { PartnerSum } from "../payouts/index.ts";
import type { Envelope, Sealer } from "../platform/crypto/index.ts";
import type { Database, ReadTx } from "../platform/database/index.ts";
import type { Outbox } from "../platform/outbox/index.ts";
import { findTaxSettings } from "./settings-repository.ts";

/** What the verbs of this module are made with. */
export type TaxDeps = {
  readonly db: Database;
  readonly audit: Audit;
  readonly outbox: Outbox;
  readonly sealer: Sealer;
  readonly envelope: Envelope;
  /** For the indexes by which equal numbers and equal forms are found: its own, so that it opens nothing. */
  readonly indexKey: Buffer;
  readonly programs: { getProgram(tx: ReadTx): Promise<{ readonly name: string; readonly timeZone: string }> };
  readonly partners: {
    /** Throws `partner.not_found`. */
    getPartner(tx: ReadTx, partnerId: string): Promise<{ readonly status: string; readonly userId: string }>;
    /** By id; who is not there is left out. */
    findPartners(tx: ReadTx, ids: readonly string[]): Promise<ReadonlyMap<string, { readonly status: string }>>;
  };
  /** What payouts tell of themselves. */
  readonly payouts: {
    findPayout(
      tx: ReadTx,
      id: string,
    ): Promise<
      | {
          readonly id: string;
          readonly partner_id: string;
          readonly amount: bigint;
          readonly tax_withheld: bigint;
          readonly currency: string;
          readonly payment_method: string;
          readonly processed_at: Date | null;
        }
      | undefined
    >;
    /** What of partners is on its way. */
    sumOpen(tx: ReadTx, partnerIds: readonly string[]): Promise<readonly PartnerSum[]>;
  };
};

/** In which days and years of taxes are counted. */
export const zoneOf = async (deps: Pick<TaxDeps, "programs">, tx: ReadTx): Promise<string> =>
  (await findTaxSettings(tx)).timeZone ?? (await deps.programs.getProgram(tx)).timeZone;

export const todayOf = async (deps: Pick<TaxDeps, "programs">, tx: ReadTx): Promise<CalendarDate> =>
  dateInZone(tx.ctx.now, await zoneOf(deps, tx));
