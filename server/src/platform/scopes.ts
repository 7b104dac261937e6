/**
 * What a credential may do. Routes and verbs name one each; roles are sets of them; API keys are given some.
 * `own:*` scopes reach the acting partner's own things alone; the others reach the whole tenant.
 */
export const SCOPES = {
  "own:profile:read": "Read the own partner profile",
  "own:profile:write": "Change the own partner profile, ask for a tier, close the account",
  "own:referrals:read": "Read the own links, clicks and referrals",
  "own:referrals:write": "Create links",
  "own:commissions:read": "Read the own commissions and receipts",
  "own:commissions:dispute": "Dispute an own commission",
  "own:payouts:read": "Read the own payouts",
  "own:payouts:write": "Request a payout, change the payout method and schedule",
  "own:fees:read": "Read the own invoices, budgets and claims",
  "own:fees:write": "Claim what was spent of a budget",
  "own:analytics:read": "Read and export the own figures",
  "own:analytics:write": "Have the own figures sent each week or month",
  "own:support:read": "Read the own tickets and their files",
  "own:support:write": "Open and answer the own tickets",
  "own:webhooks:read": "Read the own webhook endpoints and deliveries, listen to the own events",
  "own:webhooks:write": "Register, change and test the own webhook endpoints; replay deliveries",
  "own:keys:write": "Create, list and revoke the own API keys",
  "referrals:convert": "Tie a customer to the partner who brought it, verify it, reject it",
  "transactions:write": "Report payments, card spend, refunds and chargebacks",
  "transactions:read": "Read transactions and explain them",
  "sources:write": "Connect billing systems that report revenue; change and turn off their signing secrets",
  "partners:read": "Read every partner",
  "partners:write": "Approve, reject, suspend, reinstate and terminate partners; decide tiers; coupons; invitations",
  "program:read": "Read the programme and its plans",
  "program:write": "Change the programme, draft and publish plans",
  "commissions:read": "Read every commission and receipt",
  "commissions:write": "Calculate, approve, grant and cancel commissions; resolve disputes",
  "payouts:read": "Read every payout",
  "payouts:process": "Release payouts, make batches of them",
  "payouts:approve": "Approve and refuse batches of payouts as the second person",
  "fees:read": "Read every invoice, fee agreement, budget and claim",
  "fees:write": "Agree on fees, issue and settle invoices, grant budgets, decide on claims",
  "analytics:read": "Read and export figures of the whole programme",
  "analytics:write": "Have figures of the whole programme sent each week or month",
  "support:read": "Read every partner's tickets and the team's notes",
  "support:write": "Answer, assign, solve and close tickets",
  "webhooks:read": "Read the operator's webhook endpoints and deliveries, listen to events",
  "webhooks:write": "Register, change and test the operator's webhook endpoints; replay deliveries",
  "keys:write": "Create, list and revoke the operator's API keys",
  "flags:write": "Turn features on and off",
  "audit:read": "Search the audit trail",
  "users:write": "Invite and disable members of the team",
} as const satisfies Record<string, string>;

export type Scope = keyof typeof SCOPES;

export const SCOPE_NAMES = Object.keys(SCOPES) as Scope[];

export const PARTNER_SCOPES: readonly Scope[] = SCOPE_NAMES.filter((scope) => scope.startsWith("own:"));
export const OPERATOR_SCOPES: readonly Scope[] = SCOPE_NAMES.filter((scope) => !scope.startsWith("own:"));

/** Never given to a key: with these a stolen key would make others, or people, that outlive its revocation. */
export const PEOPLE_ONLY_SCOPES: ReadonlySet<Scope> = new Set([
  "own:keys:write",
  "keys:write",
  "users:write",
  "sources:write",
  "payouts:approve",
]);

const FINANCE_SCOPES: readonly Scope[] = [
  "transactions:read",
  "partners:read",
  "program:read",
  "commissions:read",
  "commissions:write",
  "payouts:read",
  "payouts:process",
  "payouts:approve",
  "fees:read",
  "fees:write",
  "analytics:read",
  "support:read",
  "audit:read",
];

const SUPPORT_SCOPES: readonly Scope[] = [
  "transactions:read",
  "partners:read",
  "program:read",
  "commissions:read",
  "payouts:read",
  "fees:read",
  "analytics:read",
  "support:read",
  "support:write",
];

/** What a person's role may do. */
export const ROLE_SCOPES: Readonly<Record<"admin" | "finance" | "support" | "partner", ReadonlySet<Scope>>> = {
  admin: new Set(OPERATOR_SCOPES),
  finance: new Set(FINANCE_SCOPES),
  support: new Set(SUPPORT_SCOPES),
  partner: new Set(PARTNER_SCOPES),
};
