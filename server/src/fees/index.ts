export { feeCron, feeJobs } from "./fee-jobs.ts";
export { feePersonalData } from "./fee-personal-data.ts";
export { hasFees } from "./fee-repository.ts";
export { feeRoutes } from "./fee-routes.ts";
export { createFeeService, type FeeService } from "./fee-service.ts";
