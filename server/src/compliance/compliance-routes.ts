import type { Routes } from "../platform/http/index.ts";
import { agreementRoutes } from "./agreement-routes.ts";
import type { ComplianceService } from "./compliance-service.ts";
import { screeningRoutes } from "./screening-routes.ts";

/** Screening, and agreements. */
export const complianceRoutes =
  (compliance: ComplianceService): Routes =>
  (app) => {
    screeningRoutes(compliance)(app);
    agreementRoutes(compliance)(app);
  };
