import type { LinkProps } from "@tanstack/react-router";
import type { Output } from "@tributary/sdk";
import type { useNav } from "../../app/nav.ts";
import { type NavEntry, PATHS } from "../../app/paths.ts";
import { type MessageKey, t } from "../../i18n/messages.ts";
import { formatMoney } from "../../ui/money.ts";
import { lookOf, type StatusOf } from "../../ui/status-words.ts";

/** Somewhere the palette leads: a page, a dialog of one, or a thing. */
export type Destination = {
  readonly id: string;
  readonly group: string;
  readonly words: string;
  readonly note?: string;
  /** The letter after `g`. */
  readonly key?: string;
  readonly link: Pick<LinkProps, "to" | "search" | "params">;
};

type Act = {
  readonly words: MessageKey;
  readonly path: keyof typeof PATHS;
  readonly search: object;
  readonly scope?: string;
};

const PARTNER_ACTS: readonly Act[] = [
  { words: "links.create", path: "links", search: { act: "create" }, scope: "own:referrals:write" },
  { words: "payout.request", path: "payouts", search: { act: "request" }, scope: "own:payouts:write" },
  { words: "ticket.new", path: "support", search: { act: "ask" }, scope: "own:support:write" },
  { words: "missing.act", path: "disputes", search: { act: "report" }, scope: "own:commissions:dispute" },
  { words: "team.invite", path: "team", search: { act: "invite" }, scope: "own:team:write" },
  { words: "upgrade.ask", path: "settings", search: { tab: "terms" }, scope: "own:profile:write" },
  { words: "settings.payout", path: "settings", search: { tab: "payout" } },
  { words: "settings.notices", path: "settings", search: { tab: "notices" } },
  { words: "settings.security", path: "settings", search: { tab: "security" } },
];
const OPERATOR_ACTS: readonly Act[] = [
  { words: "batch.new", path: "payouts", search: { act: "batch" }, scope: "payouts:process" },
  { words: "requestFor.act", path: "payouts", search: { act: "request" }, scope: "payouts:process" },
  { words: "reconcile.tab", path: "payouts", search: { tab: "compare" }, scope: "payouts:read" },
  { words: "plan.new", path: "plans", search: { act: "draft" }, scope: "program:write" },
  { words: "partners.invite", path: "partners", search: { act: "invite" }, scope: "partners:write" },
  { words: "coupon.create", path: "partners", search: { tab: "coupons", act: "create" }, scope: "partners:write" },
  { words: "explain.ask", path: "sales", search: { tab: "explain" }, scope: "transactions:read" },
  { words: "grant.act", path: "commissions", search: { act: "grant" }, scope: "commissions:write" },
  { words: "budget.grant", path: "fees", search: { tab: "budgets", act: "grant" }, scope: "fees:write" },
  { words: "claims.title", path: "fees", search: { tab: "claims" }, scope: "fees:read" },
  { words: "cardProgram.title", path: "cards", search: { tab: "programs" }, scope: "cards:read" },
  { words: "cardProgram.connect", path: "cards", search: { tab: "programs", act: "connect" }, scope: "cards:write" },
  { words: "cardProduct.make", path: "cards", search: { tab: "products", act: "product" }, scope: "cards:write" },
  { words: "invoice.issue", path: "fees", search: { act: "issue" }, scope: "fees:write" },
  { words: "agreement.agree", path: "fees", search: { tab: "agreements", act: "agree" }, scope: "fees:write" },
  { words: "team.invite", path: "team", search: { act: "invite" }, scope: "users:write" },
  { words: "partners.invitations", path: "partners", search: { tab: "invitations" } },
  { words: "partners.upgrades", path: "partners", search: { tab: "upgrades" } },
  { words: "partners.reviews", path: "partners", search: { tab: "reviews" }, scope: "partners:read" },
  { words: "assignCustomer.act", path: "referrals", search: { act: "assign" }, scope: "partners:write" },
  { words: "partners.coupons", path: "partners", search: { tab: "coupons" } },
  { words: "bankFile.act", path: "payouts", search: { act: "bank-file" }, scope: "payouts:process" },
  { words: "subOperator.create", path: "subOperators", search: { act: "create" }, scope: "sub_operators:write" },
  { words: "settings.branding", path: "settings", search: { tab: "branding" }, scope: "program:read" },
  { words: "settings.domains", path: "settings", search: { tab: "domains" }, scope: "program:read" },
  { words: "settings.sources", path: "settings", search: { tab: "sources" }, scope: "transactions:read" },
  { words: "sources.connect", path: "settings", search: { tab: "sources", act: "connect" }, scope: "sources:write" },
  { words: "settings.security", path: "settings", search: { tab: "security" } },
  { words: "settings.payouts", path: "settings", search: { tab: "payouts" } },
  { words: "settings.disputes", path: "settings", search: { tab: "disputes" } },
  { words: "settings.limits", path: "settings", search: { tab: "limits" } },
  { words: "settings.templates", path: "settings", search: { tab: "templates" } },
  { words: "settings.features", path: "settings", search: { tab: "features" }, scope: "flags:write" },
  { words: "settings.jobs", path: "settings", search: { tab: "jobs" } },
];

/** What may be done and where one can go, by what was typed. */
export function destinationsFor(
  me: { readonly isPartner: boolean; readonly may: (scope: string) => boolean },
  nav: ReturnType<typeof useNav>,
  typed: string,
): Destination[] {
  const acts = (me.isPartner ? PARTNER_ACTS : OPERATOR_ACTS)
    .filter(({ scope }) => scope === undefined || me.may(scope))
    .map(
      ({ words, path, search }): Destination => ({
        id: `act-${words}`,
        group: t("palette.acts"),
        words: t(words),
        link: { to: PATHS[path], search: search as never },
      }),
    );
  const pages = nav
    .flatMap(({ entries }) => entries)
    .map(
      ({ path, words, key }: NavEntry): Destination => ({
        id: `page-${path}`,
        group: t("palette.pages"),
        words: t(words),
        key,
        link: { to: PATHS[path] },
      }),
    );
  const wanted = typed.trim().toLocaleLowerCase();
  return [...pages, ...acts].filter(({ words }) => words.toLocaleLowerCase().includes(wanted));
}

type Found = Output<"findRecords">["data"][number];
type Place = { readonly to: keyof typeof PATHS; readonly search?: object };

const PLACES: Readonly<Record<Found["kind"], { readonly partner: Place; readonly operator: Place }>> = {
  partner: { partner: { to: "settings" }, operator: { to: "partner" } },
  referral: { partner: { to: "referrals" }, operator: { to: "referrals" } },
  transaction: { partner: { to: "commissions" }, operator: { to: "sales" } },
  commission: { partner: { to: "commissions" }, operator: { to: "commissions" } },
  dispute: { partner: { to: "disputes" }, operator: { to: "disputes" } },
  payout: { partner: { to: "payouts" }, operator: { to: "payouts", search: { tab: "all" } } },
  invoice: { partner: { to: "fees" }, operator: { to: "fees" } },
  ticket: { partner: { to: "support" }, operator: { to: "support" } },
  link: { partner: { to: "links" }, operator: { to: "partner" } },
};

/** A thing that was found, and where it is shown. */
export function destinationOf(found: Found, isPartner: boolean): Destination {
  const { to, search } = PLACES[found.kind][isPartner ? "partner" : "operator"];
  const status = found.status === null ? undefined : lookOf(found.kind as StatusOf, found.status);
  const amount =
    found.amount === null || found.currency === null
      ? undefined
      : `${formatMoney(found.amount, found.currency)} ${found.currency}`;
  const note = [amount, status ? t(status.words) : undefined].filter(Boolean).join(", ");
  return {
    id: `${found.kind}-${found.id}`,
    group: t(`palette.${found.kind}`),
    words: found.kind === "commission" ? t(`commissionType.${found.title}` as MessageKey) : (found.title ?? found.id),
    ...(note === "" ? {} : { note }),
    link:
      to === "partner"
        ? { to: PATHS.partner, params: { id: found.partnerId ?? "" } as never }
        : { to: PATHS[to], search: { ...search, open: found.id } as never },
  };
}
