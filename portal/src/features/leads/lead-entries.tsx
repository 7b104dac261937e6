import type { components } from "@tributary/sdk";
import { t } from "../../i18n/messages.ts";
import { Entries, Entry } from "../../ui/entries.tsx";
import { leadStatusWords } from "./lead-status.tsx";

type Entry = components["schemas"]["LeadEntry"] & { readonly isInternal?: boolean };

/** What happened to a lead and what was noted, oldest first. */
export function LeadEntries({ entries }: { readonly entries: readonly Entry[] }) {
  return (
    <section aria-label={t("lead.history")}>
      <h3>{t("lead.history")}</h3>
      <Entries>
        {entries.map(({ id, kind, status, body, author, at, isInternal }) => (
          <Entry
            key={id}
            by={isInternal ? t("lead.by.internal") : t(`lead.by.${author}`)}
            at={at}
            isInternal={isInternal}
          >
            {kind === "note" ? null : (
              <span>
                {status === null
                  ? t(kind === "renewal" ? "lead.entry.renewal" : "lead.entry.tie")
                  : leadStatusWords(status)}
              </span>
            )}
            {body === null ? null : <bdi>{body}</bdi>}
          </Entry>
        ))}
      </Entries>
    </section>
  );
}
