/** What the API document says before its routes. */
export const DESCRIPTION = `Partners, referrals, commissions and payouts of a programme that you run yourself.

**Who calls.** People send \`Authorization: Bearer\` with the access token of a sign-in; programs send basic authentication with the
\`apiKey\` and the \`secret\` of an API key. Each route names the scope that it needs. A partner's own routes (\`/api/v1/partners/…\`) act for the caller's partner.

**Money.** Amounts are integers in minor units beside an ISO 4217 \`currency\` (1250 with USD is 12.50). Rates are decimal fractions of at most six
places (0.25 is 25 %).

**Errors** follow RFC 9457. \`code\` is stable and made to be branched on; \`type\` leads to its page (\`/docs/errors\`). What one may not see is answered
like what does not exist.

**Doing it once.** A POST takes an \`Idempotency-Key\`: the same key with the same request is answered again and not done again. Where money moves it is
required.

**Lists** answer a page and \`nextCursor\`; send it as \`cursor\` for the next page, with the same filters and order.

**Limits** are told in the headers \`RateLimit\` and \`RateLimit-Policy\`; a 429 carries \`Retry-After\`.`;

/** Every tag that routes use, in the order in which the document shows them. */
export const TAGS = [
  { name: "Tracking", description: "Visits through partners' links: for browsers, without credentials." },
  { name: "Referrals", description: "Customers and the partners who brought them; partners' links." },
  { name: "Transactions", description: "What the operator earned or gave back, as its own systems report it." },
  {
    name: "Revenue",
    description: "Billing systems that tell of revenue by themselves, and what of it is not in the books.",
  },
  { name: "Partners", description: "A partner's own account." },
  { name: "Commissions", description: "What a partner has earned, each amount with its receipt." },
  { name: "Invoices", description: "What a partner owes in fees." },
  { name: "Budgets", description: "What a partner may spend on marketing, and what it claims of that." },
  { name: "Agreements", description: "Texts that a partner accepts." },
  { name: "Payouts", description: "How and when a partner is paid." },
  { name: "Taxes", description: "A partner's tax form and tax documents." },
  { name: "Analytics", description: "A partner's own figures." },
  { name: "Privacy", description: "What is kept about people: exported, erased, held." },
  { name: "Support", description: "Questions to the operator's team, and their answers." },
  { name: "Leads", description: "Deals that a partner works on, and for how long each is held for it." },
  { name: "Materials", description: "What a partner may publish, with its own link inside." },
  { name: "Operator", description: "What the operator's team sees and decides." },
  { name: "Programme", description: "The programme and the versions of its commission plan." },
  { name: "Sign-in", description: "Sessions, passwords and one-time links of people." },
  { name: "Second factors", description: "Authenticator apps and passkeys, and who must have one." },
  { name: "Team", description: "The operator's people and their roles." },
  { name: "API keys", description: "Credentials of programs." },
  { name: "Branding", description: "How the programme looks in the portal and in mails." },
  { name: "Landing pages", description: "Pages in front of links, under both marks." },
  {
    name: "Test mode",
    description:
      "The programme again, where nothing is real and the clock is moved: for test keys, and for those who make them",
  },
  {
    name: "Sub-operators",
    description: "Partners with a programme of their own: their limits, contracts and the share of their sales.",
  },
  { name: "Domains", description: "Domains of the programme's own, and the records that each needs." },
  { name: "Features", description: "What is turned on." },
  { name: "Audit", description: "Who did what, in a chain that shows a change." },
  {
    name: "Webhooks",
    description: "Events as they happen: sent to endpoints of partners and of the operator, or listened to.",
  },
  { name: "Webhooks in", description: "Messages of payment providers, billing systems and the card issuer." },
  { name: "Partner API", description: "For partners' systems: users that they make, their cards and transactions." },
  { name: "Cards", description: "Programmes at the card issuer, card products, and every partner's cards." },
  { name: "Health", description: "For load balancers and monitoring." },
] as const;

type ProblemText = { readonly title: string; readonly code: string; readonly description: string };

/** The refusals that a route can answer with, each a component of the document. */
export const PROBLEMS: Readonly<Record<string, ProblemText & { readonly component: string }>> = {
  400: {
    component: "Invalid",
    title: "The request does not fit its schema",
    code: "request.invalid",
    description: "Malformed, or against a rule that needs no look at the data",
  },
  401: {
    component: "Unauthenticated",
    title: "Sign in, or send an API key",
    code: "access.unauthenticated",
    description: "No credential, or one that is not taken",
  },
  403: {
    component: "Forbidden",
    title: "This credential may not do that",
    code: "access.scope_missing",
    description: "The credential does not reach so far",
  },
  404: {
    component: "NotFound",
    title: "Nothing here",
    code: "request.not_found",
    description: "It does not exist, or is not for the caller to see",
  },
  409: {
    component: "Conflict",
    title: "This Idempotency-Key was used for another request",
    code: "idempotency.key_reused",
    description: "The state of things forbids it",
  },
  429: {
    component: "TooManyRequests",
    title: "Too many requests; wait",
    code: "request.rate_limited",
    description: "The limit is used up: `Retry-After` says for how long",
  },
  default: {
    component: "OtherProblem",
    title: "Something went wrong on our side; it has been logged under this request id",
    code: "internal",
    description: "Anything else that went wrong: `code` says what",
  },
};
