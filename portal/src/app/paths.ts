import type { MessageKey } from "../i18n/messages.ts";

/** Every page of the portal, below `/portal`. */
export const PATHS = {
  home: "/",
  links: "/links",
  referrals: "/referrals",
  sales: "/sales",
  commissions: "/commissions",
  disputes: "/disputes",
  fraud: "/fraud",
  support: "/support",
  leads: "/leads",
  materials: "/materials",
  fees: "/fees",
  tax: "/tax",
  cards: "/cards",
  payouts: "/payouts",
  batch: "/payouts/batches/$id",
  reports: "/reports",
  developers: "/developers",
  settings: "/settings",
  partners: "/partners",
  partner: "/partners/$id",
  subOperators: "/sub-operators",
  plans: "/plans",
  plan: "/plans/$id",
  screening: "/screening",
  agreements: "/agreements",
  team: "/team",
  start: "/start",
  audit: "/audit",
  privacy: "/privacy",
  register: "/register",
  forgot: "/forgot",
} as const;

export const BASE = "/portal";

/** What an address may say of a page: filters, sort, period, tab, and the thing that is open. */
export type Search = {
  readonly status?: string | undefined;
  readonly type?: string | undefined;
  readonly tier?: string | undefined;
  readonly currency?: string | undefined;
  readonly kind?: string | undefined;
  readonly isOverdue?: string | undefined;
  readonly isSettling?: string | undefined;
  readonly isUnpaid?: string | undefined;
  readonly source?: string | undefined;
  readonly period?: string | undefined;
  /** Days of a period that is chosen freely, both of them in it. */
  readonly from?: string | undefined;
  readonly until?: string | undefined;
  readonly partnerId?: string | undefined;
  readonly referralId?: string | undefined;
  readonly endpointId?: string | undefined;
  readonly q?: string | undefined;
  readonly sort?: string | undefined;
  readonly tab?: string | undefined;
  readonly open?: string | undefined;
  /** The dialog that is open. */
  readonly act?: string | undefined;
};

const NAMES = [
  "status",
  "type",
  "tier",
  "currency",
  "kind",
  "isOverdue",
  "isSettling",
  "isUnpaid",
  "source",
  "period",
  "from",
  "until",
  "partnerId",
  "referralId",
  "endpointId",
  "q",
  "sort",
  "tab",
  "open",
  "act",
];

/** Reads an address: only names that are known, and only texts. */
export const readSearch = (raw: Readonly<Record<string, unknown>>): Search =>
  Object.fromEntries(
    NAMES.filter((name) => raw[name] !== undefined && raw[name] !== "").map((name) => [name, String(raw[name])]),
  );

export type NavEntry = {
  readonly path: keyof typeof PATHS;
  readonly words: MessageKey;
  readonly key: string;
  /** What the page is read with: whoever has none of these does not see it. */
  readonly scopes?: readonly string[];
  /** What of it the terms of a partner have to include, or `fees` that it has to have: whose terms have none of these finds it elsewhere no less, and is told. */
  readonly features?: readonly string[];
};
type NavGroup = { readonly words: MessageKey | null; readonly entries: readonly NavEntry[] };

const PARTNER_NAV: readonly NavGroup[] = [
  {
    words: null,
    entries: [
      { path: "home", words: "nav.home", key: "h" },
      { path: "links", words: "nav.links", key: "l" },
      { path: "referrals", words: "nav.referrals", key: "r" },
      { path: "leads", words: "nav.leads", key: "k", features: ["leads"] },
      { path: "materials", words: "nav.materials", key: "m" },
    ],
  },
  {
    words: "nav.money",
    entries: [
      { path: "commissions", words: "nav.commissions", key: "c" },
      { path: "disputes", words: "nav.disputes", key: "i" },
      { path: "payouts", words: "nav.payouts", key: "p" },
      { path: "fees", words: "nav.fees", key: "f", features: ["fees"] },
      { path: "reports", words: "nav.reports", key: "e" },
    ],
  },
  {
    words: "nav.account",
    entries: [
      { path: "cards", words: "nav.cards", key: "b", features: ["cards"] },
      { path: "support", words: "nav.support", key: "q" },
      { path: "tax", words: "nav.tax", key: "x", scopes: ["own:tax:read"] },
      { path: "agreements", words: "nav.agreements", key: "g" },
      { path: "team", words: "nav.team", key: "t" },
      { path: "developers", words: "nav.developers", key: "d", features: ["api", "webhooks", "partner_api"] },
      { path: "settings", words: "nav.settings", key: "s" },
    ],
  },
];

const OPERATOR_NAV: readonly NavGroup[] = [
  {
    words: null,
    entries: [{ path: "home", words: "nav.home", key: "h" }],
  },
  {
    words: "nav.people",
    entries: [
      { path: "partners", words: "nav.partners", key: "a", scopes: ["partners:read"] },
      { path: "subOperators", words: "nav.subOperators", key: "w", scopes: ["sub_operators:read"] },
      { path: "referrals", words: "nav.referrals", key: "r", scopes: ["partners:read"] },
      { path: "leads", words: "nav.leads", key: "k", scopes: ["leads:read"] },
      { path: "support", words: "nav.support", key: "q", scopes: ["support:read"] },
    ],
  },
  {
    words: "nav.money",
    entries: [
      { path: "sales", words: "nav.sales", key: "o", scopes: ["transactions:read"] },
      { path: "commissions", words: "nav.commissions", key: "c", scopes: ["commissions:read"] },
      { path: "payouts", words: "nav.payouts", key: "p", scopes: ["payouts:read"] },
      { path: "fees", words: "nav.fees", key: "f", scopes: ["fees:read"] },
      { path: "cards", words: "nav.cards", key: "b", scopes: ["cards:read"] },
      { path: "tax", words: "nav.tax", key: "x", scopes: ["tax:read"] },
    ],
  },
  {
    words: "nav.risk",
    entries: [
      { path: "disputes", words: "nav.disputes", key: "i", scopes: ["commissions:read"] },
      { path: "fraud", words: "nav.fraud", key: "u", scopes: ["fraud:read"] },
      { path: "screening", words: "nav.screening", key: "z", scopes: ["compliance:read"] },
    ],
  },
  {
    words: "nav.programme",
    entries: [
      { path: "plans", words: "nav.plans", key: "n", scopes: ["program:read"] },
      { path: "agreements", words: "nav.agreements", key: "g", scopes: ["compliance:read"] },
      { path: "materials", words: "nav.materials", key: "m", scopes: ["materials:read"] },
      { path: "reports", words: "nav.reports", key: "e", scopes: ["analytics:read"] },
    ],
  },
  {
    words: "nav.account",
    entries: [
      { path: "team", words: "nav.team", key: "t", scopes: ["users:write"] },
      { path: "developers", words: "nav.developers", key: "d", scopes: ["keys:write", "webhooks:read"] },
      { path: "audit", words: "nav.audit", key: "v", scopes: ["audit:read"] },
      { path: "privacy", words: "nav.privacy", key: "y", scopes: ["privacy:read"] },
      { path: "settings", words: "nav.settings", key: "s" },
    ],
  },
];

type Reader = { readonly isPartner: boolean; readonly may: (scope: string) => boolean };
const isRead = ({ scopes }: NavEntry, { may }: Reader): boolean => scopes?.some(may) ?? true;
const navOf = ({ isPartner }: Reader): readonly NavGroup[] => (isPartner ? PARTNER_NAV : OPERATOR_NAV);

/** The pages that somebody has, in the groups in which they stand; a group without any is left out. */
export const navFor = (reader: Reader & { readonly features: readonly string[] }): readonly NavGroup[] =>
  navOf(reader)
    .map(({ words, entries }) => ({
      words,
      entries: entries.filter(
        (entry) => isRead(entry, reader) && (entry.features?.some((one) => reader.features.includes(one)) ?? true),
      ),
    }))
    .filter(({ entries }) => entries.length > 0);

/** Whether a page, by its address below the portal's, is not for somebody: the menus of partners and of the team know it, and theirs does not, or their role does not read it. */
export function isForbidden(pathname: string, reader: Reader): boolean {
  const first = `/${pathname.split("/")[1] ?? ""}`;
  const named = (groups: readonly NavGroup[]): NavEntry | undefined =>
    groups.flatMap(({ entries }) => entries).find(({ path }) => PATHS[path] === first);
  const own = named(navOf(reader));
  if (own === undefined) return named([...PARTNER_NAV, ...OPERATOR_NAV]) !== undefined;
  return !isRead(own, reader);
}
