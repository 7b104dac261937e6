import { useMe } from "../../app/me.ts";
import { useList } from "../../app/queries.ts";
import { t } from "../../i18n/messages.ts";
import { Empty } from "../../ui/empty.tsx";
import { Moment } from "../../ui/moment.tsx";
import { Problem } from "../../ui/problem.tsx";
import { Skeleton } from "../../ui/skeleton.tsx";
import classes from "./audit-timeline.module.css";

/** Everything that was done to one thing, the newest first, with who and why. */
export function AuditTimeline({ targetId }: { readonly targetId: string }) {
  const { may } = useMe();
  const mayRead = may("audit:read");
  const list = useList("listAudit", { targetId, sort: "-position" }, { pageSize: 50, enabled: mayRead });
  if (!mayRead) return <Empty title={t("partner.timelineClosed")} />;
  if (list.error) return <Problem error={list.error} retry={list.retry} />;
  if (list.isPending) return <Skeleton />;
  if (list.rows.length === 0) return <Empty title={t("partner.noTimeline")} />;
  return (
    <ol className={classes.timeline}>
      {list.rows.map((entry) => (
        <li key={entry.id}>
          <span className={classes.when}>
            <Moment at={entry.occurredAt} as="time" />
          </span>
          <span>
            <code className={classes.action}>{entry.action}</code>{" "}
            <span className={classes.quiet}>{t(`actor.${entry.actorType}`)}</span>
            {entry.reason ? <p>{entry.reason}</p> : null}
          </span>
        </li>
      ))}
    </ol>
  );
}
