/** So many requests in a window that begins with the first of them. */
export type Limit = { readonly points: number; readonly windowSeconds: number };

/**
 * The limits, as they are when nobody sets others. Those of tiers count for each API key of a partner; all keys of a partner together have
 * `PARTNER_KEYS_FACTOR` times as much, so that making keys makes no budget.
 */
export const LIMITS = {
  /** Nobody signed in, by address. */
  anonymous: { points: 120, windowSeconds: 60 },
  /** Somebody signed in: a page of the portal asks for a dozen things. */
  person: { points: 600, windowSeconds: 60 },
  /** Partners' API keys, by tier. */
  tier1: { points: 60, windowSeconds: 60 },
  tier2: { points: 120, windowSeconds: 60 },
  tier3: { points: 600, windowSeconds: 60 },
  tier4: { points: 600, windowSeconds: 60 },
  /** The operator's own systems: a hundred requests a second, each of up to 1,000 transactions. */
  operator: { points: 6_000, windowSeconds: 60 },
  /** Clicks and what else must not wait for a write, by address; counted in the memory of each server. */
  tracking: { points: 1_200, windowSeconds: 60 },
  /** The card issuer, which asks for every purchase from a few addresses; counted in the memory of each server. */
  issuer: { points: 60_000, windowSeconds: 60 },
  /**
   * What payment and billing systems sign, for all tenants from a few addresses: on the first of a month thousands of renewals within minutes.
   * Counted in the memory of each server.
   */
  signed: { points: 60_000, windowSeconds: 60 },
  /** Of these the ones that were refused, by tenant and address: whoever signs nothing has no more than a visitor. Counted in memory, too. */
  signed_refused: { points: 1_200, windowSeconds: 60 },
  /** Credentials that were refused, by address. */
  refused: { points: 60, windowSeconds: 60 },
  /** Passwords tried for one account from one address. */
  sign_in_pair: { points: 10, windowSeconds: 900 },
  /** Passwords tried from one address: an office shares one. */
  sign_in_address: { points: 100, windowSeconds: 900 },
  /** Passwords tried for one account from anywhere (NIST SP 800-63B-4, 3.2.2: no more than 100). */
  sign_in_account: { points: 100, windowSeconds: 3_600 },
  /** Second factors tried for one account: of a million codes three are good at a time, so that a day of trying finds one in three hundred. */
  second_factor: { points: 10, windowSeconds: 900 },
  /** Mails that anybody can have sent to an address (reset, verification). */
  mail_account: { points: 5, windowSeconds: 3_600 },
  /** What a partner writes into tickets. */
  ticket_messages: { points: 60, windowSeconds: 3_600 },
  /** Deals that a partner registers: each is told whether it is free, which must not be a way to ask whom others work on. */
  lead_registrations: { points: 60, windowSeconds: 3_600 },
  /** Exports of everything about a person: each reads many tables. */
  personal_export: { points: 20, windowSeconds: 3_600 },
  mail_address: { points: 30, windowSeconds: 3_600 },
} as const satisfies Record<string, Limit>;

export type LimitName = keyof typeof LIMITS;

/** What all keys of a partner may do together, in multiples of what one may. */
export const PARTNER_KEYS_FACTOR = 2;
