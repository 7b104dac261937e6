import { Button } from "@mantine/core";
import type { components } from "@tributary/sdk";
import { t } from "../../i18n/messages.ts";
import { Entries, Entry } from "../../ui/entries.tsx";

type Message = components["schemas"]["TicketMessage"] & { readonly isInternal?: boolean };

/** What was written, oldest first. */
export function TicketMessages({
  messages,
  onFile,
}: {
  readonly messages: readonly Message[];
  readonly onFile: (file: { readonly id: string; readonly name: string }) => void;
}) {
  return (
    <Entries>
      {messages.map(({ id, author, body, sentAt, files, isInternal }) => (
        <Entry
          key={id}
          by={isInternal ? t("ticket.note") : t(`ticket.by.${author}`)}
          at={sentAt}
          isInternal={isInternal}
        >
          <bdi>{body}</bdi>
          {files.map((file) => (
            <Button key={file.id} variant="default" size="compact-sm" onClick={() => onFile(file)}>
              <bdi>{file.name}</bdi>
            </Button>
          ))}
        </Entry>
      ))}
    </Entries>
  );
}
