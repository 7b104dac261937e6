/**
 * What a credential may do. Routes and verbs name one each; roles are sets of them; API keys are given some.
 * `own:*` scopes reach the acting partner's own things alone; the others reach the whole tenant.
 */
export const SCOPES = {
  "own:profile:read": "Read the own partner profile",
  "own:profile:write": "Change the own partner profile, ask for a tier",
  "own:account:close": "Close the own partner account for good",
  "own:team:read": "Read who is on the own team",
  "own:team:write": "Invite to the own team, give roles, remove from it",
  "own:referrals:read": "Read the own links, clicks and referrals",
  "own:referrals:write": "Create links",
  "own:commissions:read": "Read the own commissions and receipts",
  "own:commissions:dispute": "Dispute an own commission",
  "own:payouts:read": "Read the own payouts",
  "own:payouts:write": "Request and cancel a payout, change the payout schedule",
  "own:payout-method:write": "Change where the own payouts go",
  "own:fees:read": "Read the own invoices, budgets and claims",
  "own:fees:write": "Claim what was spent of a budget",
  "own:agreements:read": "Read the own agreements",
  "own:agreements:accept": "Accept agreements for the partner",
  "own:tax:read": "Read the own tax form and tax documents",
  "own:tax:write": "Sign a tax form, choose how tax documents come",
  "own:analytics:read": "Read and export the own figures",
  "own:analytics:write": "Have the own figures sent each week or month",
  "own:support:read": "Read the own tickets and their files",
  "own:support:write": "Open and answer the own tickets",
  "own:leads:read": "Read the own leads",
  "own:leads:write": "Register, move, renew and note on the own leads",
  "own:materials:read": "Read and download the materials that the partner may publish",
  "own:users:read": "Read the users that were made through the partner API",
  "own:users:write": "Make, suspend and close users through the partner API",
  "own:cards:read": "Read the own card products, cards and what is spent with them",
  "own:cards:write": "Issue, activate, suspend and end the own cards",
  "own:transactions:read": "Read the transactions of the own customers",
  "own:webhooks:read": "Read the own webhook endpoints and deliveries, listen to the own events",
  "own:webhooks:write": "Register, change and test the own webhook endpoints; replay deliveries",
  "own:keys:write": "Create, list and revoke the own API keys",
  "referrals:convert": "Tie a customer to the partner who brought it, verify it, reject it",
  "transactions:write": "Report payments, card spend, refunds and chargebacks",
  "transactions:read": "Read transactions and explain them",
  "sources:write": "Connect billing systems that report revenue; change and turn off their signing secrets",
  "partners:read": "Read every partner",
  "partners:write": "Approve, reject, suspend, reinstate and terminate partners; decide tiers; coupons; invitations",
  "partners:note": "Write and take away the team's notes about partners",
  "partners:look": "See what a partner sees, for a quarter of an hour, without changing anything",
  "program:read": "Read the programme and its plans",
  "program:write": "Change the programme, draft and publish plans",
  "domains:write": "Enter and remove the programme's own domains",
  "commissions:read": "Read every commission and receipt",
  "commissions:write": "Calculate, approve, grant and cancel commissions; resolve disputes",
  "payouts:read": "Read every payout",
  "payouts:process": "Release payouts, make batches of them",
  "payouts:approve": "Approve and refuse, as the second person, batches of payouts and what is said became of one",
  "fees:read": "Read every invoice, fee agreement, budget and claim",
  "fees:write": "Agree on fees, issue and settle invoices, grant budgets, decide on claims",
  "compliance:read": "Read screening cases, sanctions lists, agreements and who accepted them",
  "compliance:write": "Set up screening, import sanctions lists, draft and publish agreements",
  "compliance:decide": "Decide screening cases, as one of two people",
  "cards:read": "Read card programmes, products, cards and what is spent with them",
  "cards:write": "Connect card programmes, have card products made, suspend and end cards",
  "fraud:read": "Read fraud cases with their evidence, and the rules; back-test rules",
  "fraud:decide": "Assign and decide fraud cases",
  "fraud:write": "Change the fraud rules",
  "tax:read": "Read tax years, and partners' tax forms with their numbers masked",
  "tax:write": "Ask for tax forms, order withholding, enter figures of a tax year, close and correct it",
  "tax:export": "Export returns with whole taxpayer identification numbers",
  "analytics:read": "Read and export figures of the whole programme",
  "analytics:write": "Have figures of the whole programme sent each week or month",
  "support:read": "Read every partner's tickets and the team's notes",
  "support:write": "Answer, assign, solve and close tickets",
  "leads:read": "Read every partner's leads and the team's notes",
  "leads:write": "Accept, decline and renew leads; set for how long they are protected",
  "materials:read": "Read every material and its versions",
  "materials:write": "Upload, change and archive materials",
  "webhooks:read": "Read the operator's webhook endpoints and deliveries, listen to events",
  "webhooks:write": "Register, change and test the operator's webhook endpoints; replay deliveries",
  "keys:write": "Create, list and revoke the operator's API keys",
  "test_mode:read": "See the test twin, its clock and its mailbox",
  "test_mode:write": "Make, refresh and remove the test twin",
  "test_clock:write": "Move the clock of the test twin",
  "flags:write": "Turn features on and off",
  "audit:read": "Search the audit trail",
  "privacy:read": "Find people, export what is kept about them, read wishes to be forgotten",
  "privacy:write": "Erase people, decide wishes to be forgotten, place and lift legal holds",
  "users:write": "Invite and disable members of the team",
  "sub_operators:read": "Read sub-operators, their contracts and the share of their sales",
  "sub_operators:write": "Create sub-operators, set their limits and contracts, suspend, resume and remove them",
} as const satisfies Record<string, string>;

export type Scope = keyof typeof SCOPES;

export const SCOPE_NAMES = Object.keys(SCOPES) as Scope[];

export const PARTNER_SCOPES: readonly Scope[] = SCOPE_NAMES.filter((scope) => scope.startsWith("own:"));
export const OPERATOR_SCOPES: readonly Scope[] = SCOPE_NAMES.filter((scope) => !scope.startsWith("own:"));

/** Never given to a key: with these a stolen key would make others, or people, that outlive its revocation. */
export const PEOPLE_ONLY_SCOPES: ReadonlySet<Scope> = new Set([
  "own:account:close",
  "own:team:write",
  "own:payout-method:write",
  "own:keys:write",
  "keys:write",
  "users:write",
  "sources:write",
  "domains:write",
  "payouts:approve",
  "partners:look",
  "own:agreements:accept",
  "compliance:decide",
  "own:tax:write",
  "tax:export",
  "sub_operators:write",
  "test_mode:write",
]);

const FINANCE_SCOPES: readonly Scope[] = [
  "transactions:read",
  "sub_operators:read",
  "partners:read",
  "partners:note",
  "program:read",
  "commissions:read",
  "commissions:write",
  "payouts:read",
  "payouts:process",
  "payouts:approve",
  "fees:read",
  "fees:write",
  "compliance:read",
  "cards:read",
  "fraud:read",
  "fraud:decide",
  "tax:read",
  "tax:write",
  "tax:export",
  "analytics:read",
  "support:read",
  "audit:read",
];

const SUPPORT_SCOPES: readonly Scope[] = [
  "transactions:read",
  "partners:read",
  "partners:note",
  "partners:look",
  "program:read",
  "commissions:read",
  "payouts:read",
  "fees:read",
  "cards:read",
  "fraud:read",
  "analytics:read",
  "support:read",
  "support:write",
  "leads:read",
  "materials:read",
];

/** What a person's role may do. */
export const ROLE_SCOPES: Readonly<Record<"admin" | "finance" | "support" | "partner", ReadonlySet<Scope>>> = {
  admin: new Set(OPERATOR_SCOPES),
  finance: new Set(FINANCE_SCOPES),
  support: new Set(SUPPORT_SCOPES),
  partner: new Set(PARTNER_SCOPES),
};

/** What somebody is on a partner's team. The owner is the person that the partner is; the others were invited. */
export const TEAM_ROLES = ["owner", "manager", "finance", "viewer"] as const;
export type TeamRole = (typeof TEAM_ROLES)[number];

/** Reading, but tax forms: they hold what is nobody's business who only looks. */
const VIEWER_SCOPES: readonly Scope[] = PARTNER_SCOPES.filter(
  (scope) => scope.endsWith(":read") && scope !== "own:tax:read",
);

/**
 * What each role of a partner's team may do. Where money goes, who is on the team, keys, agreements and the end of the account are the owner's
 * alone: of these one is enough to take the account over, or to bind its owner.
 */
export const TEAM_ROLE_SCOPES: Readonly<Record<TeamRole, ReadonlySet<Scope>>> = {
  owner: new Set(PARTNER_SCOPES),
  manager: new Set([
    ...VIEWER_SCOPES,
    "own:profile:write",
    "own:referrals:write",
    "own:commissions:dispute",
    "own:fees:write",
    "own:analytics:write",
    "own:support:write",
    "own:leads:write",
    "own:users:write",
    "own:cards:write",
    "own:webhooks:write",
  ]),
  finance: new Set([
    ...VIEWER_SCOPES,
    "own:commissions:dispute",
    "own:payouts:write",
    "own:fees:write",
    "own:tax:read",
    "own:tax:write",
    "own:analytics:write",
    "own:support:write",
  ]),
  viewer: new Set(VIEWER_SCOPES),
};

/**
 * What a member of the team may do who looks as a partner: read what the partner reads, but what its own role may not read of every partner
 * (tax forms, webhooks) it reads of none.
 */
export const lookingScopes = (role: keyof typeof ROLE_SCOPES): ReadonlySet<Scope> =>
  new Set(
    PARTNER_SCOPES.filter((scope) => {
      const twin = OPERATOR_SCOPES.find((one) => `own:${one}` === scope);
      return scope.endsWith(":read") && (twin === undefined || ROLE_SCOPES[role].has(twin));
    }),
  );
