export { CERTIFICATIONS, CONSENT } from "./certifications.ts";
export { partsOf } from "./export-returns.ts";
export type { TaxForm } from "./form-rules.ts";
export type { FormOnFile, SignedIdentity, SignedOnFile } from "./signed-identities.ts";
export { taxCron, taxJobs } from "./tax-jobs.ts";
export { taxRoutes } from "./tax-routes.ts";
export { createTaxService, type TaxService } from "./tax-service.ts";
