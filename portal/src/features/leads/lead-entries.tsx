import type { components } from "@tributary/sdk";
import { t } from "../../i18n/messages.ts";
import { Moment } from "../../ui/moment.tsx";
import classes from "./lead.module.css";
import { leadStatusWords } from "./lead-status.tsx";

type Entry = components["schemas"]["LeadEntry"] & { readonly isInternal?: boolean };

/** What happened to a lead and what was noted, oldest first. A note of the team looks unlike what the partner reads. */
export function LeadEntries({ entries }: { readonly entries: readonly Entry[] }) {
  return (
    <section aria-label={t("lead.history")}>
      <h3>{t("lead.history")}</h3>
      <ol className={classes.entries}>
        {entries.map(({ id, kind, status, body, author, at, isInternal }) => (
          <li key={id} data-note={isInternal || undefined}>
            <span className={classes.by}>
              {isInternal ? t("lead.by.internal") : t(`lead.by.${author}`)}, <Moment at={at} as="time" />
            </span>
            {kind === "note" ? null : (
              <span>
                {status === null
                  ? t(kind === "renewal" ? "lead.entry.renewal" : "lead.entry.tie")
                  : leadStatusWords(status)}
              </span>
            )}
            {body === null ? null : <bdi>{body}</bdi>}
          </li>
        ))}
      </ol>
    </section>
  );
}
