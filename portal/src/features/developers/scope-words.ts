import type { Input } from "@tributary/sdk";
import { type MessageKey, t } from "../../i18n/messages.ts";

type KeyScope = Input<"generatePartnerAPIKey" | "generateOperatorAPIKey">["body"]["scopes"][number];

/** What keys may be given, in words: what the API gives to people alone is not among it. */
const WORDS: Readonly<Record<KeyScope, MessageKey>> = {
  "own:profile:read": "scope.own:profile:read",
  "own:profile:write": "scope.own:profile:write",
  "own:team:read": "scope.own:team:read",
  "own:referrals:read": "scope.own:referrals:read",
  "own:referrals:write": "scope.own:referrals:write",
  "own:commissions:read": "scope.own:commissions:read",
  "own:commissions:dispute": "scope.own:commissions:dispute",
  "own:payouts:read": "scope.own:payouts:read",
  "own:payouts:write": "scope.own:payouts:write",
  "own:fees:read": "scope.own:fees:read",
  "own:fees:write": "scope.own:fees:write",
  "own:agreements:read": "scope.own:agreements:read",
  "own:tax:read": "scope.own:tax:read",
  "own:analytics:read": "scope.own:analytics:read",
  "own:analytics:write": "scope.own:analytics:write",
  "own:support:read": "scope.own:support:read",
  "own:support:write": "scope.own:support:write",
  "own:leads:read": "scope.own:leads:read",
  "own:leads:write": "scope.own:leads:write",
  "own:materials:read": "scope.own:materials:read",
  "own:users:read": "scope.own:users:read",
  "own:users:write": "scope.own:users:write",
  "own:cards:read": "scope.own:cards:read",
  "own:cards:write": "scope.own:cards:write",
  "own:transactions:read": "scope.own:transactions:read",
  "own:webhooks:read": "scope.own:webhooks:read",
  "own:webhooks:write": "scope.own:webhooks:write",
  "referrals:convert": "scope.referrals:convert",
  "transactions:write": "scope.transactions:write",
  "transactions:read": "scope.transactions:read",
  "partners:read": "scope.partners:read",
  "partners:write": "scope.partners:write",
  "partners:note": "scope.partners:note",
  "program:read": "scope.program:read",
  "program:write": "scope.program:write",
  "commissions:read": "scope.commissions:read",
  "commissions:write": "scope.commissions:write",
  "payouts:read": "scope.payouts:read",
  "payouts:process": "scope.payouts:process",
  "fees:read": "scope.fees:read",
  "fees:write": "scope.fees:write",
  "compliance:read": "scope.compliance:read",
  "compliance:write": "scope.compliance:write",
  "cards:read": "scope.cards:read",
  "cards:write": "scope.cards:write",
  "fraud:read": "scope.fraud:read",
  "fraud:decide": "scope.fraud:decide",
  "fraud:write": "scope.fraud:write",
  "tax:read": "scope.tax:read",
  "tax:write": "scope.tax:write",
  "analytics:read": "scope.analytics:read",
  "analytics:write": "scope.analytics:write",
  "support:read": "scope.support:read",
  "support:write": "scope.support:write",
  "leads:read": "scope.leads:read",
  "leads:write": "scope.leads:write",
  "materials:read": "scope.materials:read",
  "materials:write": "scope.materials:write",
  "webhooks:read": "scope.webhooks:read",
  "webhooks:write": "scope.webhooks:write",
  "test_mode:read": "scope.test_mode:read",
  "test_clock:write": "scope.test_clock:write",
  "flags:write": "scope.flags:write",
  "audit:read": "scope.audit:read",
  "privacy:read": "scope.privacy:read",
  "privacy:write": "scope.privacy:write",
  "sub_operators:read": "scope.sub_operators:read",
};

const isKeyScope = (scope: string): scope is KeyScope => scope in WORDS;

/** Those of somebody's scopes that a key of theirs may have. */
export const keyScopesOf = (scopes: readonly string[]): readonly KeyScope[] => scopes.filter(isKeyScope);

/** What a scope lets do; one that is new here is said by its code. */
export const scopeWords = (scope: string): string => (isKeyScope(scope) ? t(WORDS[scope]) : scope);
