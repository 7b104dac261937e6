import type { AuditService } from "../../audit/index.ts";
import type { CommissionService } from "../../commissions/index.ts";
import type { Database } from "../../platform/database/index.ts";
import type { WhitelabelService } from "../../whitelabel/index.ts";
import type { ModuleCheck } from "./data-check.ts";
import { chainCheck, replayCheck } from "./module-checks.ts";
import { shareCheck } from "./share-checks.ts";

/** What only a module's own code can prove. */
export const allModuleChecks = ({
  db,
  commissions,
  auditTrail,
  whitelabel,
}: {
  readonly db: Database;
  readonly commissions: CommissionService;
  readonly auditTrail: AuditService;
  readonly whitelabel: WhitelabelService;
}): readonly ModuleCheck[] => [replayCheck({ db, commissions }), chainCheck(auditTrail), shareCheck(whitelabel)];
