import type { Ctx } from "../platform/context.ts";
import { deriveKey, type Secrets } from "../platform/crypto/index.ts";
import { type Database, type PageRequest, tenantsToSeal } from "../platform/database/index.ts";
import type { CronJob } from "../platform/jobs/index.ts";
import type { Audit } from "./audit.ts";
import type { AuditDeps, Who } from "./audit-deps.ts";
import type { AuditFilter } from "./audit-repository.ts";
import type { CheckpointPlace } from "./checkpoint-place.ts";
import { createCheckpointSigner } from "./checkpoint-signer.ts";
import { exportAudit } from "./export-audit.ts";
import { type ActsPage, findActs } from "./find-acts.ts";
import { publishCheckpoints } from "./publish-checkpoints.ts";
import { checkpointAudit, LOOKBACK, sealAudit } from "./seal-audit.ts";
import { verifyAudit } from "./verify-audit.ts";

/** The trail as a whole: chained, signed now and then, verified, searched. What writes to it is `createAudit`. */
export function createAuditService({
  db,
  audit,
  secrets,
  who,
  place,
}: {
  readonly db: Database;
  readonly audit: Audit;
  readonly secrets: Pick<Secrets, "pepper">;
  readonly who: Who;
  readonly place?: CheckpointPlace | undefined;
}) {
  const signer = createCheckpointSigner(deriveKey(secrets.pepper, "tributary audit checkpoints"));
  const deps: AuditDeps = { db, signer, place };
  return {
    seal: (ctx: Ctx) => sealAudit(deps, ctx),
    checkpoint: (ctx: Ctx) => checkpointAudit(deps, ctx),
    publish: (ctx: Ctx) => publishCheckpoints(deps, ctx),
    verify: (ctx: Ctx) => verifyAudit(deps, ctx),
    exportAudit: exportAudit({ db, audit, who }),
    findActs: (ctx: Ctx, filter: AuditFilter, page: PageRequest): Promise<ActsPage> =>
      findActs({ db, who }, ctx, filter, page),
  };
}

export type AuditService = ReturnType<typeof createAuditService>;

export const auditCron = (audit: AuditService): CronJob[] => [
  {
    name: "audit.seal",
    schedule: "* * * * *",
    dueIn: (of) => tenantsToSeal(of, LOOKBACK),
    handle: async (ctx) => {
      await audit.seal(ctx);
    },
  },
  {
    name: "audit.checkpoint",
    schedule: "41 2 * * *",
    handle: async (ctx) => {
      await audit.checkpoint(ctx);
    },
  },
  {
    name: "audit.publish",
    isLiveOnly: true,
    schedule: "51 * * * *",
    handle: async (ctx) => {
      await audit.publish(ctx);
    },
  },
];
