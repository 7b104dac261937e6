import { Link, type LinkProps } from "@tanstack/react-router";
import { useMe } from "../../app/me.ts";
import { PATHS } from "../../app/paths.ts";
import { useList } from "../../app/queries.ts";
import { t } from "../../i18n/messages.ts";
import { Empty } from "../../ui/empty.tsx";
import { Moment } from "../../ui/moment.tsx";
import { formatCount } from "../../ui/numbers.ts";
import { Skeleton } from "../../ui/skeleton.tsx";
import classes from "./home.module.css";

const COUNTED = 100;

type Queue = {
  readonly words: string;
  readonly link: Pick<LinkProps, "to" | "search">;
  readonly list: { readonly rows: readonly object[]; readonly hasMore: boolean; readonly isPending: boolean };
  readonly since: string | undefined;
};

/** The queues of decisions, each with how many and how old. Those with nothing in them are not shown. */
export function Waiting() {
  const { may } = useMe();
  const size = { pageSize: COUNTED };
  const partners = may("partners:read");
  const applications = useList(
    "listPartners",
    { status: "pending", sort: "createdAt" },
    { ...size, enabled: partners },
  );
  const upgrades = useList(
    "listUpgrades",
    { status: "requested", sort: "requestedAt" },
    { ...size, enabled: partners },
  );
  const reviews = useList("listTierReviews", { status: "open", sort: "openedAt" }, { ...size, enabled: partners });
  const disputes = useList(
    "listAllDisputes",
    { status: "open", sort: "openedAt" },
    { ...size, enabled: may("commissions:read") },
  );
  const requests = useList(
    "listAllPayouts",
    { status: "pending", sort: "requestedAt" },
    { ...size, enabled: may("payouts:read") },
  );
  const failed = useList(
    "listAllPayouts",
    { isUnpaid: "true", sort: "requestedAt" },
    { ...size, enabled: may("payouts:read") },
  );
  const batches = useList(
    "listPayoutBatches",
    { status: "waiting", sort: "madeAt" },
    { ...size, enabled: may("payouts:read") },
  );
  const settlements = useList(
    "listAllPayouts",
    { isSettling: "true", sort: "requestedAt" },
    { ...size, enabled: may("payouts:read") },
  );
  const cases = useList(
    "listFraudCases",
    { status: "open", sort: "openedAt" },
    { ...size, enabled: may("fraud:read") },
  );
  const appeals = useList(
    "listFraudCases",
    { status: "appealed", sort: "openedAt" },
    { ...size, enabled: may("fraud:read") },
  );
  const matches = useList(
    "listScreeningCases",
    { status: "open", sort: "openedAt" },
    { ...size, enabled: may("compliance:read") },
  );
  const differing = useList(
    "listScreeningCases",
    { status: "escalated", sort: "openedAt" },
    { ...size, enabled: may("compliance:read") },
  );
  const tickets = useList(
    "listAllTickets",
    { status: "open", sort: "updatedAt" },
    { ...size, enabled: may("support:read") },
  );
  const deals = useList(
    "listAllLeads",
    { status: "submitted", sort: "registeredAt" },
    { ...size, enabled: may("leads:read") },
  );
  const conflicts = useList(
    "listAllLeads",
    { status: "conflict", sort: "registeredAt" },
    { ...size, enabled: may("leads:read") },
  );
  const elsewhere = useList(
    "listAllLeads",
    { tie: "elsewhere", sort: "registeredAt" },
    { ...size, enabled: may("leads:read") },
  );
  const claims = useList(
    "listAllBudgetClaims",
    { status: "submitted", sort: "submittedAt" },
    { ...size, enabled: may("fees:read") },
  );
  const wishes = useList(
    "listErasures",
    { status: "asked", sort: "askedAt" },
    { ...size, enabled: may("privacy:read") },
  );
  const queues: Queue[] = [
    {
      words: t("home.applications"),
      link: { to: PATHS.partners, search: { status: "pending" } },
      list: applications,
      since: applications.rows[0]?.createdAt,
    },
    {
      words: t("home.upgrades"),
      link: { to: PATHS.partners, search: { tab: "upgrades" } },
      list: upgrades,
      since: upgrades.rows[0]?.requestedAt,
    },
    {
      words: t("home.reviews"),
      link: { to: PATHS.partners, search: { tab: "reviews" } },
      list: reviews,
      since: reviews.rows[0]?.openedAt,
    },
    { words: t("home.disputes"), link: { to: PATHS.disputes }, list: disputes, since: disputes.rows[0]?.openedAt },
    {
      words: t("home.requests"),
      link: { to: PATHS.payouts, search: { tab: "all", status: "pending" } },
      list: requests,
      since: requests.rows[0]?.requestedAt,
    },
    {
      words: t("home.batches"),
      link: { to: PATHS.payouts, search: { tab: "batches" } },
      list: batches,
      since: batches.rows[0]?.madeAt,
    },
    {
      words: t("home.failed"),
      link: { to: PATHS.payouts, search: { tab: "all", isUnpaid: "true" } },
      list: failed,
      since: failed.rows[0]?.requestedAt,
    },
    {
      words: t("home.settlements"),
      link: { to: PATHS.payouts, search: { tab: "all", isSettling: "true" } },
      list: settlements,
      since: settlements.rows[0]?.settlement?.proposedAt,
    },
    {
      words: t("home.cases"),
      link: { to: PATHS.fraud, search: { status: "open" } },
      list: cases,
      since: cases.rows[0]?.openedAt,
    },
    {
      words: t("home.appeals"),
      link: { to: PATHS.fraud, search: { status: "appealed" } },
      list: appeals,
      since: appeals.rows[0]?.openedAt,
    },
    {
      words: t("home.matches"),
      link: { to: PATHS.screening, search: { status: "open" } },
      list: matches,
      since: matches.rows[0]?.openedAt,
    },
    {
      words: t("home.differing"),
      link: { to: PATHS.screening, search: { status: "escalated" } },
      list: differing,
      since: differing.rows[0]?.openedAt,
    },
    {
      words: t("home.tickets"),
      link: { to: PATHS.support, search: { status: "open" } },
      list: tickets,
      since: tickets.rows[0]?.updatedAt,
    },
    {
      words: t("home.claims"),
      link: { to: PATHS.fees, search: { tab: "claims", status: "submitted" } },
      list: claims,
      since: claims.rows[0]?.submittedAt,
    },
    {
      words: t("home.wishes"),
      link: { to: PATHS.privacy, search: { status: "asked" } },
      list: wishes,
      since: wishes.rows[0]?.askedAt,
    },
    { words: t("home.deals"), link: { to: PATHS.leads }, list: deals, since: deals.rows[0]?.registeredAt },
    {
      words: t("home.conflicts"),
      link: { to: PATHS.leads, search: { tab: "conflict" } },
      list: conflicts,
      since: conflicts.rows[0]?.registeredAt,
    },
    {
      words: t("home.elsewhere"),
      link: { to: PATHS.leads, search: { tab: "elsewhere" } },
      list: elsewhere,
      since: elsewhere.rows[0]?.tiedAt ?? undefined,
    },
  ];
  const waiting = queues.filter(({ list }) => list.rows.length > 0);
  if (waiting.length === 0) {
    return queues.some(({ list }) => list.isPending) ? <Skeleton /> : <Empty title={t("home.nothingWaits")} />;
  }
  return (
    <ul className={classes.queue}>
      {waiting.map(({ words, link, list, since }) => (
        <li key={words}>
          <Link {...link}>{words}</Link>
          <span className={classes.since}>{since ? <Moment at={since} as="ago" /> : null}</span>
          <span className={classes.count}>
            {formatCount(list.rows.length)}
            {list.hasMore ? "+" : ""}
          </span>
        </li>
      ))}
    </ul>
  );
}
