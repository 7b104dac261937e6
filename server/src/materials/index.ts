export { adminMaterialRoutes } from "./admin-material-routes.ts";
export { materialPersonalData } from "./material-personal-data.ts";
export { materialRoutes } from "./material-routes.ts";
export { createMaterialService, type MaterialService } from "./material-service.ts";
