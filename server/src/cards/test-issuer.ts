import type { CardIssuer } from "./card-issuer.ts";

/** Where twins have their cards: an address that is nobody's (RFC 2606, section 2), and the only one that is taken there (card_programs_mode). */
export const TEST_ISSUER = "https://issuer.test";

/** Makes whatever it is asked for, and asks nobody. Its cards have no number, and nobody can buy with them. */
export const createTestIssuer = (): CardIssuer => ({
  prepare: (token, { kind }) => JSON.stringify({ token, kind }),
  send: async () => ({ kind: "confirmed", card: null }),
});
