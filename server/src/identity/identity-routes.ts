import type { Routes } from "../platform/http/index.ts";
import { apiKeyRoutes, NO_TWINS } from "./api-key-routes.ts";
import { authRoutes, type RouteConfig } from "./auth-routes.ts";
import { factorRoutes } from "./factor-routes.ts";
import type { IdentityService } from "./identity-service.ts";
import { pageRoutes } from "./page-routes.ts";
import { teamRoutes } from "./team-routes.ts";

/** Everything that identity answers. */
export const identityRoutes = (identity: IdentityService, config: RouteConfig): Routes[] => [
  authRoutes(identity, config),
  factorRoutes(identity, config),
  teamRoutes(identity),
  apiKeyRoutes(identity, config.twins ?? NO_TWINS),
  pageRoutes(identity, config.sendPage),
];
