import type { Link } from "./link-repository.ts";
import type { LinkView } from "./link-schema.ts";

/** Where redirects live. */
const REDIRECT_PATH = "/r";
export const REDIRECT_ROUTE = `${REDIRECT_PATH}/:code`;

/** Where a link leads on, below the address of its tenant. */
export const redirectPath = (code: string): string => `${REDIRECT_PATH}/${code}`;

/** A link as it is given out, below the address `origin` of its tenant (`findOwnTenant`). */
export const linkView = (origin: string, link: Link): LinkView => ({
  id: link.id,
  code: link.code,
  url: `${origin}${redirectPath(link.code)}`,
  campaign: link.campaign,
  destination: link.destinationUrl,
  subIds: { ...link.subIds },
  isDefault: link.isDefault,
  status: link.status,
  createdAt: link.createdAt,
});
