import { Textarea, TextInput } from "@mantine/core";
import { type Draft, useDraft } from "../../app/draft.ts";
import { t } from "../../i18n/messages.ts";
import { Restored } from "../../ui/restored.tsx";
import { type TicketFile, TicketFiles } from "./ticket-files.tsx";

type Typed = { readonly subject: string; readonly message: string; readonly files: readonly TicketFile[] };
const EMPTY: Typed = { subject: "", message: "", files: [] };

const OPTIONS = { unkept: ["files"] } as const;

/** What somebody writes to begin a ticket: kept as typed, and as it is sent. */
export function useTicketDraft(name: string) {
  const draft = useDraft(name, EMPTY, OPTIONS);
  const { subject, message, files } = draft.value;
  const body = { subject: subject.trim(), message: message.trim(), files: [...files] };
  return {
    draft,
    body,
    isWhole: body.subject !== "" && body.message !== "",
  };
}

type TicketFieldsProps = {
  readonly draft: Draft<Typed>;
  /** The subject is where typing begins, though something else stands before it. */
  readonly isFocused?: boolean;
};

/** Subject, message and files of a new ticket. */
export function TicketFields({ draft, isFocused }: TicketFieldsProps) {
  const { value, change } = draft;
  return (
    <>
      <Restored draft={draft} />
      <TextInput
        label={t("ticket.subject")}
        maxLength={200}
        data-autofocus={isFocused || undefined}
        value={value.subject}
        onChange={(event) => change({ subject: event.currentTarget.value })}
      />
      <Textarea
        label={t("ticket.message")}
        autosize
        minRows={4}
        maxLength={10_000}
        value={value.message}
        onChange={(event) => change({ message: event.currentTarget.value })}
      />
      <TicketFiles files={value.files} onChange={(files) => change({ files })} />
    </>
  );
}
