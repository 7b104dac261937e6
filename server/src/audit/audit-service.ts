import { type Ctx, requireScope } from "../platform/context.ts";
import { deriveKey, type Secrets } from "../platform/crypto/index.ts";
import type { Database, Page, PageRequest } from "../platform/database/index.ts";
import type { CronJob } from "../platform/jobs/index.ts";
import type { AuditDeps } from "./audit-deps.ts";
import { type AuditFilter, type AuditRow, findActs } from "./audit-repository.ts";
import { checkpointAudit, sealAudit } from "./seal-audit.ts";
import { verifyAudit } from "./verify-audit.ts";

/** The trail as a whole: chained, signed now and then, verified, searched. What writes to it is `createAudit`. */
export function createAuditService({ db, secrets }: { db: Database; secrets: Pick<Secrets, "pepper"> }) {
  const deps: AuditDeps = { db, checkpointKey: deriveKey(secrets.pepper, "tributary audit checkpoints") };
  return {
    seal: (ctx: Ctx) => sealAudit(deps, ctx),
    checkpoint: (ctx: Ctx) => checkpointAudit(deps, ctx),
    verify: (ctx: Ctx) => verifyAudit(deps, ctx),
    findActs: (ctx: Ctx, filter: AuditFilter, page: PageRequest): Promise<Page<AuditRow>> =>
      db.read(ctx, (tx) => {
        requireScope(ctx, "audit:read");
        return findActs(tx, filter, page);
      }),
  };
}

export type AuditService = ReturnType<typeof createAuditService>;

export const auditCron = (audit: AuditService): CronJob[] => [
  {
    name: "audit.seal",
    schedule: "* * * * *",
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
];
