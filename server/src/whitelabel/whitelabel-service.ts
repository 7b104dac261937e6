import { restoreBranding, saveBranding } from "./change-branding.ts";
import { getBrand, getBrandImage, getBranding } from "./read-branding.ts";
import type { WhitelabelDeps } from "./whitelabel-deps.ts";

/** How a tenant looks to its partners. */
export const createWhitelabelService = (deps: WhitelabelDeps) => ({
  getBrand: getBrand(deps),
  getBrandImage: getBrandImage(deps),
  getBranding: getBranding(deps),
  saveBranding: saveBranding(deps),
  restoreBranding: restoreBranding(deps),
});

export type WhitelabelService = ReturnType<typeof createWhitelabelService>;
