import type { Scope } from "../platform/scopes.ts";
import type { EventKinds } from "./event-kind.ts";
import { groupOf } from "./event-patterns.ts";
import { MONEY_EVENTS } from "./money-events.ts";
import { OPERATOR_EVENTS } from "./operator-events.ts";
import { PARTNER_EVENTS } from "./partner-events.ts";

/** Every event that the outside may be told of, in the order of the reference. A type that is not here stays inside. */
export const CATALOGUE: EventKinds = { ...PARTNER_EVENTS, ...MONEY_EVENTS, ...OPERATOR_EVENTS };

export const EVENT_TYPES: readonly string[] = Object.keys(CATALOGUE);
/** What no other event of an object is compared with. */
export const APART_TYPES: readonly string[] = EVENT_TYPES.filter((type) => CATALOGUE[type]?.isApart);
export const EVENT_GROUPS: readonly string[] = [...new Set(EVENT_TYPES.map(groupOf))];

/** What a caller must be allowed to read to be told of a group: news of a thing is a way to read it. */
const SCOPES_OF_GROUP: Readonly<Record<string, { readonly partner: Scope; readonly operator: Scope }>> = {
  partner: { partner: "own:profile:read", operator: "partners:read" },
  member: { partner: "own:team:read", operator: "partners:read" },
  // Who makes keys is a person; who watches for new ones is a program, which reads where events go.
  key: { partner: "own:webhooks:read", operator: "webhooks:read" },
  link: { partner: "own:referrals:read", operator: "partners:read" },
  landing_page: { partner: "own:referrals:read", operator: "partners:read" },
  co_branding: { partner: "own:profile:read", operator: "partners:read" },
  coupon: { partner: "own:referrals:read", operator: "partners:read" },
  referral: { partner: "own:referrals:read", operator: "partners:read" },
  transaction: { partner: "own:transactions:read", operator: "transactions:read" },
  commission: { partner: "own:commissions:read", operator: "commissions:read" },
  dispute: { partner: "own:commissions:read", operator: "commissions:read" },
  clawback: { partner: "own:commissions:read", operator: "commissions:read" },
  fee: { partner: "own:fees:read", operator: "fees:read" },
  invoice: { partner: "own:fees:read", operator: "fees:read" },
  budget: { partner: "own:fees:read", operator: "fees:read" },
  fraud: { partner: "own:commissions:read", operator: "fraud:read" },
  payout: { partner: "own:payouts:read", operator: "payouts:read" },
  payout_batch: { partner: "own:payouts:read", operator: "payouts:read" },
  payout_settlement: { partner: "own:payouts:read", operator: "payouts:read" },
  payout_method: { partner: "own:payouts:read", operator: "payouts:read" },
  payout_schedule: { partner: "own:payouts:read", operator: "payouts:read" },
  // Told to operators alone, as the next.
  payout_settings: { partner: "own:payouts:read", operator: "payouts:read" },
  screening: { partner: "own:profile:read", operator: "compliance:read" },
  agreement: { partner: "own:agreements:read", operator: "compliance:read" },
  tax: { partner: "own:tax:read", operator: "tax:read" },
  ticket: { partner: "own:support:read", operator: "support:read" },
  lead: { partner: "own:leads:read", operator: "leads:read" },
  card: { partner: "own:cards:read", operator: "cards:read" },
  card_product: { partner: "own:cards:read", operator: "cards:read" },
  card_program: { partner: "own:cards:read", operator: "cards:read" },
  partner_user: { partner: "own:users:read", operator: "cards:read" },
  export_schedule: { partner: "own:analytics:read", operator: "analytics:read" },
  sub_operator: { partner: "own:profile:read", operator: "sub_operators:read" },
  program: { partner: "own:profile:read", operator: "program:read" },
  plan: { partner: "own:profile:read", operator: "program:read" },
  webhook_endpoint: { partner: "own:webhooks:read", operator: "webhooks:read" },
  webhook: { partner: "own:webhooks:read", operator: "webhooks:read" },
  ...toOperators({
    material: "materials:read",
    branding: "program:read",
    domain: "program:read",
    revenue_source: "transactions:read",
    spend_limit: "commissions:read",
    dispute_settings: "commissions:read",
    lead_settings: "leads:read",
    notice_template: "program:read",
    feature: "program:read",
    user: "audit:read",
    invitation: "partners:read",
    tier_review: "partners:read",
    sign_in_settings: "audit:read",
    tax_settings: "tax:read",
    tax_year: "tax:read",
    screening_settings: "compliance:read",
    erasure: "privacy:read",
    legal_hold: "privacy:read",
    test_twin: "test_mode:read",
    test_clock: "test_mode:read",
  }),
};

/** Of what is told to operators alone a partner reads nothing, whatever it may read. */
function toOperators(groups: Readonly<Record<string, Scope>>) {
  return Object.fromEntries(
    Object.entries(groups).map(([group, operator]) => [group, { partner: "own:webhooks:read", operator } as const]),
  );
}

/** The groups whose news a holder of `scopes` may read. */
export const readableGroups = (owner: "partner" | "operator", scopes: ReadonlySet<Scope>): string[] =>
  EVENT_GROUPS.filter((group) => {
    const needed = SCOPES_OF_GROUP[group];
    return needed !== undefined && scopes.has(needed[owner]);
  });

/** Whether a pattern names something that there is. */
export const isKnownPattern = (pattern: string): boolean =>
  pattern === "*" || Object.hasOwn(CATALOGUE, pattern) || EVENT_GROUPS.some((group) => pattern === `${group}.*`);
