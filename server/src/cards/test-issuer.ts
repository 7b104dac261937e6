import type { CardIssuer, IssuedCard } from "./card-issuer.ts";

/** Where twins have their cards: an address that is nobody's (RFC 2606, section 2), and the only one that is taken there (card_programs_mode). */
export const TEST_ISSUER = "https://issuer.test";

/** There is no number behind it. */
const CARD: IssuedCard = { state: "unactivated", lastFour: "0000", expiresOn: "2099-12", at: null };

/** Makes whatever it is asked for, and asks nobody. Its cards have no number: what is bought with them is made up (`test-purchase.ts`). */
export const createTestIssuer = (): CardIssuer => ({
  prepare: (token, { kind }) => JSON.stringify({ token, kind }),
  send: async ({ kind }) => ({ kind: "confirmed", card: kind === "card" ? CARD : null }),
});
