import { Button } from "@mantine/core";
import type { components } from "@tributary/sdk";
import { t } from "../../i18n/messages.ts";
import { Moment } from "../../ui/moment.tsx";
import classes from "./ticket.module.css";

type Message = components["schemas"]["TicketMessage"] & { readonly isInternal?: boolean };

/** What was written, oldest first. A note of the team looks unlike what the partner reads. */
export function TicketMessages({
  messages,
  onFile,
}: {
  readonly messages: readonly Message[];
  readonly onFile: (file: { readonly id: string; readonly name: string }) => void;
}) {
  return (
    <ol className={classes.messages}>
      {messages.map(({ id, author, body, sentAt, files, isInternal }) => (
        <li key={id} data-note={isInternal || undefined}>
          <span className={classes.by}>
            {isInternal ? t("ticket.note") : t(`ticket.by.${author}`)}, <Moment at={sentAt} as="time" />
          </span>
          <bdi>{body}</bdi>
          {files.map((file) => (
            <Button key={file.id} variant="default" size="compact-sm" onClick={() => onFile(file)}>
              <bdi>{file.name}</bdi>
            </Button>
          ))}
        </li>
      ))}
    </ol>
  );
}
