export { adminCommissionRoutes } from "./admin-commission-routes.ts";
export { findReceipts } from "./assessment-repository.ts";
export type { Backdating } from "./backdate-plan.ts";
export { publishClawbacks } from "./clawback-events.ts";
export type {
  ApprovalCandidate,
  ApprovalGate,
  CommissionDeps,
  EarnedOn,
  EarningPartners,
  GateAnswer,
  PayoutParts,
} from "./commission-deps.ts";
export { commissionCron, commissionJobs } from "./commission-jobs.ts";
export { commissionPersonalData } from "./commission-personal-data.ts";
export { findCommission } from "./commission-repository.ts";
export { commissionRoutes } from "./commission-routes.ts";
export { SETTLING_RULES } from "./commission-rules.ts";
export { type CommissionService, createCommissionService } from "./commission-service.ts";
export { refundedSoFar } from "./engine/refunded.ts";
export type { GrantedEarnings } from "./grant-earnings.ts";
export { personBehind } from "./open-desk.ts";
