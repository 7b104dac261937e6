import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useMe } from "../../app/me.ts";
import { PATHS } from "../../app/paths.ts";
import { read } from "../../app/queries.ts";
import { t } from "../../i18n/messages.ts";
import { formatTime } from "../../ui/dates.ts";
import { Panel } from "../../ui/panel.tsx";
import classes from "./home.module.css";

/** As many of each are named; the page of each has all. */
const SHOWN_MAX = 5;

/** What waits for the partner's own word, each with its last day: whoever lets it pass loses by it. Nothing where nothing does. */
export default function OwnWaiting() {
  const { may } = useMe();
  const answers = may("own:commissions:dispute");
  const disputes = useQuery({
    ...read("listDisputes", { query: { status: "waiting", limit: SHOWN_MAX } }),
    enabled: answers,
  });
  const reviews = useQuery({ ...read("listReviews", { query: { sort: "-openedAt" } }), enabled: answers });
  const tickets = useQuery({
    ...read("listTickets", { query: { status: "waiting", limit: SHOWN_MAX } }),
    enabled: may("own:support:write"),
  });
  const payouts = useQuery({
    ...read("getPayoutHistory", { query: { sort: "-requestedAt", limit: 1 } }),
    enabled: may("own:payouts:write"),
  });
  const refused = reviews.data?.data.filter(({ status, canAppeal }) => status === "refused" && canAppeal) ?? [];
  const waiting = [
    ...refused.slice(0, SHOWN_MAX).map(({ id, appealUntil }) => ({
      id,
      to: PATHS.commissions,
      search: {},
      words: t("home.mayAppeal", { time: appealUntil === null ? "—" : formatTime(appealUntil) }),
      about: null,
    })),
    ...(disputes.data?.data ?? []).map(({ id, reason, dueAt }) => ({
      id,
      to: PATHS.disputes,
      search: { open: id },
      words: dueAt === null ? t("home.answerDispute") : t("home.answerDisputeBy", { time: formatTime(dueAt) }),
      about: reason,
    })),
    ...(tickets.data?.data ?? []).map(({ id, subject }) => ({
      id,
      to: PATHS.support,
      search: { open: id },
      words: t("home.answerTicket"),
      about: subject,
    })),
    ...(payouts.data?.data ?? [])
      .filter(({ status }) => status === "failed")
      .map(({ id }) => ({ id, to: PATHS.payouts, search: { open: id }, words: t("home.payoutFailed"), about: null })),
  ];
  if (waiting.length === 0) return null;
  return (
    <Panel title={t("home.waitsForYou")}>
      <ul className={classes.steps}>
        {waiting.map(({ id, to, search, words, about }) => (
          <li key={id}>
            <span className={classes.share}>
              <Link to={to} search={search}>
                {words}
              </Link>
              {about === null ? null : (
                <span className={classes.about}>
                  <bdi>{about}</bdi>
                </span>
              )}
            </span>
          </li>
        ))}
      </ul>
    </Panel>
  );
}
