import type { Routes } from "../platform/http/index.ts";
import { adminCardRoutes } from "./admin-card-routes.ts";
import type { CardService } from "./card-service.ts";
import { issuerRoutes } from "./issuer-routes.ts";
import { partnerApiRoutes } from "./partner-api-routes.ts";

/** What partners' systems, the team and the card issuer ask for. */
export const cardRoutes =
  (cards: CardService): Routes =>
  (app) => {
    partnerApiRoutes(cards)(app);
    adminCardRoutes(cards)(app);
    issuerRoutes(cards)(app);
  };
