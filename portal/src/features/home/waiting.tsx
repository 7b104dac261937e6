import { Link, type LinkProps } from "@tanstack/react-router";
import { useMe } from "../../app/me.ts";
import { PATHS } from "../../app/paths.ts";
import { type AsAddress, type Item, type ListId, useList } from "../../app/queries.ts";
import { t } from "../../i18n/messages.ts";
import { Empty } from "../../ui/empty.tsx";
import { Moment } from "../../ui/moment.tsx";
import { formatCount } from "../../ui/numbers.ts";
import { Skeleton } from "../../ui/skeleton.tsx";
import classes from "./home.module.css";

const COUNTED = 100;

type Shown = { readonly words: string; readonly link: Pick<LinkProps, "to" | "search"> };
type Queue = Shown & {
  readonly count: number;
  readonly hasMore: boolean;
  readonly isPending: boolean;
  readonly since: string | null | undefined;
};

/** What of a list waits, the oldest first, for whoever reads it by `scope`; `since` says of that one when it began to. */
function useQueue<Id extends ListId>(
  id: Id,
  query: AsAddress<Id>,
  scope: string,
  { since, ...shown }: Shown & { readonly since: (oldest: Item<Id>) => string | null | undefined },
): Queue {
  const { may } = useMe();
  const { rows, hasMore, isPending } = useList(id, query, { pageSize: COUNTED, enabled: may(scope) });
  const [oldest] = rows;
  return { ...shown, count: rows.length, hasMore, isPending, since: oldest && since(oldest) };
}

/** The queues of decisions, each with how many and how old. Those with nothing in them are not shown. */
export function Waiting() {
  const queues = [
    useQueue("listPartners", { status: "pending", sort: "createdAt" }, "partners:read", {
      words: t("home.applications"),
      link: { to: PATHS.partners, search: { status: "pending" } },
      since: (row) => row.createdAt,
    }),
    useQueue("listUpgrades", { status: "requested", sort: "requestedAt" }, "partners:read", {
      words: t("home.upgrades"),
      link: { to: PATHS.partners, search: { tab: "upgrades" } },
      since: (row) => row.requestedAt,
    }),
    useQueue("listTierReviews", { status: "open", sort: "openedAt" }, "partners:read", {
      words: t("home.reviews"),
      link: { to: PATHS.partners, search: { tab: "reviews" } },
      since: (row) => row.openedAt,
    }),
    useQueue("listAllDisputes", { status: "open", sort: "openedAt" }, "commissions:read", {
      words: t("home.disputes"),
      link: { to: PATHS.disputes },
      since: (row) => row.openedAt,
    }),
    useQueue("listAllPayouts", { status: "pending", sort: "requestedAt" }, "payouts:read", {
      words: t("home.requests"),
      link: { to: PATHS.payouts, search: { tab: "all", status: "pending" } },
      since: (row) => row.requestedAt,
    }),
    useQueue("listPayoutBatches", { status: "waiting", sort: "madeAt" }, "payouts:read", {
      words: t("home.batches"),
      link: { to: PATHS.payouts, search: { tab: "batches" } },
      since: (row) => row.madeAt,
    }),
    useQueue("listAllPayouts", { isUnpaid: "true", sort: "requestedAt" }, "payouts:read", {
      words: t("home.failed"),
      link: { to: PATHS.payouts, search: { tab: "all", isUnpaid: "true" } },
      since: (row) => row.requestedAt,
    }),
    useQueue("listAllPayouts", { isSettling: "true", sort: "requestedAt" }, "payouts:read", {
      words: t("home.settlements"),
      link: { to: PATHS.payouts, search: { tab: "all", isSettling: "true" } },
      since: (row) => row.settlement?.proposedAt,
    }),
    useQueue("listFraudCases", { status: "open", sort: "openedAt" }, "fraud:read", {
      words: t("home.cases"),
      link: { to: PATHS.fraud, search: { status: "open" } },
      since: (row) => row.openedAt,
    }),
    useQueue("listFraudCases", { status: "appealed", sort: "openedAt" }, "fraud:read", {
      words: t("home.appeals"),
      link: { to: PATHS.fraud, search: { status: "appealed" } },
      since: (row) => row.openedAt,
    }),
    useQueue("listScreeningCases", { status: "open", sort: "openedAt" }, "compliance:read", {
      words: t("home.matches"),
      link: { to: PATHS.screening, search: { status: "open" } },
      since: (row) => row.openedAt,
    }),
    useQueue("listScreeningCases", { status: "escalated", sort: "openedAt" }, "compliance:read", {
      words: t("home.differing"),
      link: { to: PATHS.screening, search: { status: "escalated" } },
      since: (row) => row.openedAt,
    }),
    useQueue("listAllTickets", { status: "open", sort: "updatedAt" }, "support:read", {
      words: t("home.tickets"),
      link: { to: PATHS.support, search: { status: "open" } },
      since: (row) => row.updatedAt,
    }),
    useQueue("listAllBudgetClaims", { status: "submitted", sort: "submittedAt" }, "fees:read", {
      words: t("home.claims"),
      link: { to: PATHS.fees, search: { tab: "claims", status: "submitted" } },
      since: (row) => row.submittedAt,
    }),
    useQueue("listErasures", { status: "asked", sort: "askedAt" }, "privacy:read", {
      words: t("home.wishes"),
      link: { to: PATHS.privacy, search: { status: "asked" } },
      since: (row) => row.askedAt,
    }),
    useQueue("listAllLeads", { status: "submitted", sort: "registeredAt" }, "leads:read", {
      words: t("home.deals"),
      link: { to: PATHS.leads },
      since: (row) => row.registeredAt,
    }),
    useQueue("listAllLeads", { status: "conflict", sort: "registeredAt" }, "leads:read", {
      words: t("home.conflicts"),
      link: { to: PATHS.leads, search: { tab: "conflict" } },
      since: (row) => row.registeredAt,
    }),
    useQueue("listAllLeads", { tie: "elsewhere", sort: "registeredAt" }, "leads:read", {
      words: t("home.elsewhere"),
      link: { to: PATHS.leads, search: { tab: "elsewhere" } },
      since: (row) => row.tiedAt,
    }),
  ];
  const waiting = queues.filter(({ count }) => count > 0);
  if (waiting.length === 0) {
    return queues.some(({ isPending }) => isPending) ? <Skeleton /> : <Empty title={t("home.nothingWaits")} />;
  }
  return (
    <ul className={classes.queue}>
      {waiting.map(({ words, link, count, hasMore, since }) => (
        <li key={words}>
          <Link {...link}>{words}</Link>
          <span className={classes.since}>{since ? <Moment at={since} as="ago" /> : null}</span>
          <span className={classes.count}>
            {formatCount(count)}
            {hasMore ? "+" : ""}
          </span>
        </li>
      ))}
    </ul>
  );
}
