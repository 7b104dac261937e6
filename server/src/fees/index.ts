export { feeCron, feeJobs } from "./fee-jobs.ts";
export { feeRoutes } from "./fee-routes.ts";
export { createFeeService } from "./fee-service.ts";
