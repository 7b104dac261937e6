export type { Audit, AuditedAct } from "./audit.ts";
export { createAudit } from "./audit.ts";
export { auditPersonalData } from "./audit-personal-data.ts";
export { auditRoutes } from "./audit-routes.ts";
export type { AuditService } from "./audit-service.ts";
export { auditCron, createAuditService } from "./audit-service.ts";
export { canonicalJson } from "./canonical-json.ts";
export { type Bucket, bucketPlace, type CheckpointPlace, folderPlace } from "./checkpoint-place.ts";
export type { AuditVerification } from "./verify-audit.ts";
