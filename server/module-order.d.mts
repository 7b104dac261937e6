/** The modules of the server, bottom to top. */
export const MODULE_ORDER: readonly string[];
