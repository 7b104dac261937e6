import { Button } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import type { components } from "@tributary/sdk";
import { useMe } from "../../app/me.ts";
import { t } from "../../i18n/messages.ts";
import { download } from "../../ui/download.ts";
import { Entries, Entry } from "../../ui/entries.tsx";
import { Problem } from "../../ui/problem.tsx";

type Message = components["schemas"]["TicketMessage"] & { readonly isInternal?: boolean };

type File = Message["files"][number];

/** What was written, oldest first, with the files that came along. */
export function TicketMessages({
  messages,
  fetchFile,
}: {
  readonly messages: readonly Message[];
  readonly fetchFile: (file: File) => Promise<Blob>;
}) {
  const { isPartner } = useMe();
  const take = useMutation({ mutationFn: async (file: File) => download(await fetchFile(file), file.name) });
  return (
    <>
      <Entries>
        {messages.map(({ id, author, body, sentAt, files, isInternal }) => (
          <Entry
            key={id}
            by={
              isInternal
                ? t("ticket.note")
                : t(isPartner && author === "partner" ? "ticket.by.own" : `ticket.by.${author}`)
            }
            at={sentAt}
            isInternal={isInternal}
          >
            <bdi>{body}</bdi>
            {files.map((file) => (
              <Button
                key={file.id}
                variant="default"
                size="compact-sm"
                disabled={take.isPending}
                onClick={() => take.mutate(file)}
              >
                <bdi>{file.name}</bdi>
              </Button>
            ))}
          </Entry>
        ))}
      </Entries>
      {take.error ? <Problem error={take.error} /> : null}
    </>
  );
}
