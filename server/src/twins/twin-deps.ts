import type { Audit } from "../audit/index.ts";
import type { Clock } from "../kernel/clock.ts";
import type { ImportedPartner, ImportResult, Partner } from "../partners/index.ts";
import type { Ctx } from "../platform/context.ts";
import type { Database, ReadTx } from "../platform/database/index.ts";
import type { CronJob } from "../platform/jobs/index.ts";
import type { Outbox } from "../platform/outbox/index.ts";
import type { ProgramService } from "../programs/index.ts";

/** What the verbs of this module are made with. */
export type TwinDeps = {
  readonly db: Database;
  readonly clock: Clock;
  readonly audit: Audit;
  readonly outbox: Outbox;
  readonly programs: Pick<
    ProgramService,
    "getProgram" | "createProgram" | "updateProgram" | "draftPlan" | "publishPlan" | "findPublishedHeads" | "getPlan"
  >;
  readonly partners: {
    /** Throws `partner.not_found`. */
    getPartner(tx: ReadTx, id: string): Promise<Partner>;
    findByExternalIds(tx: ReadTx, externalIds: readonly string[]): Promise<ReadonlyMap<string, string>>;
    importPartners(ctx: Ctx, rows: readonly ImportedPartner[]): Promise<ImportResult[]>;
  };
  /** Everything that wakes on a schedule, of all modules: handed in by the composition root. */
  readonly cron: () => readonly CronJob[];
  /** Told what failed on the way of a clock, where there is nobody to answer. */
  readonly onError: (error: unknown) => void;
};
