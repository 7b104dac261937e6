import { Textarea, TextInput } from "@mantine/core";
import { useState } from "react";
import { t } from "../../i18n/messages.ts";
import { type TicketFile, TicketFiles } from "./ticket-files.tsx";

type Draft = { readonly subject: string; readonly message: string; readonly files: readonly TicketFile[] };
const EMPTY: Draft = { subject: "", message: "", files: [] };

/** What somebody writes to begin a ticket: kept as typed, and as it is sent. */
export function useTicketDraft() {
  const [draft, setDraft] = useState(EMPTY);
  const { subject, message, files } = draft;
  const body = { subject: subject.trim(), message: message.trim(), files: [...files] };
  return {
    draft,
    // Onto what is there by then: files are read while somebody types on.
    change: (changed: Partial<Draft>) => setDraft((before) => ({ ...before, ...changed })),
    clear: () => setDraft(EMPTY),
    body,
    isWhole: body.subject !== "" && body.message !== "",
  };
}

type TicketFieldsProps = {
  readonly draft: Draft;
  readonly onChange: (changed: Partial<Draft>) => void;
  /** The subject is where typing begins, though something else stands before it. */
  readonly isFocused?: boolean;
};

/** Subject, message and files of a new ticket. */
export function TicketFields({ draft, onChange, isFocused }: TicketFieldsProps) {
  return (
    <>
      <TextInput
        label={t("ticket.subject")}
        maxLength={200}
        data-autofocus={isFocused || undefined}
        value={draft.subject}
        onChange={(event) => onChange({ subject: event.currentTarget.value })}
      />
      <Textarea
        label={t("ticket.message")}
        autosize
        minRows={4}
        maxLength={10_000}
        value={draft.message}
        onChange={(event) => onChange({ message: event.currentTarget.value })}
      />
      <TicketFiles files={draft.files} onChange={(files) => onChange({ files })} />
    </>
  );
}
