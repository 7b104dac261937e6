/** Where the portal lives; its own addresses go on from here. */
export const PORTAL_PREFIX = "/portal";
