import type { components } from "@tributary/sdk";
import { useMe } from "../../app/me.ts";
import { t } from "../../i18n/messages.ts";
import { Entries, Entry } from "../../ui/entries.tsx";

type Message = components["schemas"]["DisputeDetail"]["messages"][number] & { readonly authorId?: string | null };

/** What was written, oldest first; notes of the team apart, as the partner never reads them. */
export function DisputeMessages({ messages }: { readonly messages: readonly Message[] }) {
  const notes = messages.filter(({ kind }) => kind === "note");
  const said = messages.filter(({ kind }) => kind !== "note");
  return (
    <>
      <Messages title={t("dispute.messages")} messages={said} />
      <Messages title={t("dispute.notes")} messages={notes} />
    </>
  );
}

function Messages({ title, messages }: { readonly title: string; readonly messages: readonly Message[] }) {
  const { isPartner } = useMe();
  if (messages.length === 0) return null;
  return (
    <section aria-label={title}>
      <h3>{title}</h3>
      <Entries>
        {messages.map(({ id, kind, body, writtenAt }) => (
          <Entry
            key={id}
            by={t(isPartner && kind === "answer" ? "dispute.by.own" : `dispute.by.${kind}`)}
            at={writtenAt}
            isInternal={kind === "note"}
          >
            <bdi>{body}</bdi>
          </Entry>
        ))}
      </Entries>
    </section>
  );
}
