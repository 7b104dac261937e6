export { partsOf } from "./export-returns.ts";
export { taxCron, taxJobs } from "./tax-jobs.ts";
export { taxRoutes } from "./tax-routes.ts";
export { createTaxService, type TaxService } from "./tax-service.ts";
