import { Button, Group, Textarea } from "@mantine/core";
import type { components } from "@tributary/sdk";
import { useState } from "react";
import { Allowed } from "../../app/allowed.tsx";
import { api } from "../../app/api.ts";
import { useAct } from "../../app/queries.ts";
import { t } from "../../i18n/messages.ts";
import { Form } from "../../ui/form.tsx";
import { toast } from "../../ui/toast.tsx";
import { type TicketFile, TicketFiles } from "./ticket-files.tsx";
import { TicketHead } from "./ticket-head.tsx";
import { TicketMessages } from "./ticket-messages.tsx";

const TOUCHES = ["getTicket", "listTickets"] as const;

/** A ticket as its partner reads it. */
export function OwnTicket({ ticket }: { readonly ticket: components["schemas"]["TicketDetail"] }) {
  const { id, status, messages } = ticket;
  const [message, setMessage] = useState("");
  const [files, setFiles] = useState<readonly TicketFile[]>([]);
  const answer = useAct("answerTicket", {
    touches: TOUCHES,
    onDone: () => {
      setMessage("");
      setFiles([]);
      toast(t("ticket.sent"));
    },
  });
  const solve = useAct("solveTicket", { touches: TOUCHES, onDone: () => toast(t("ticket.solved")) });
  return (
    <>
      <TicketHead ticket={ticket} />
      <TicketMessages messages={messages} fetchFile={(file) => api.getTicketFile({ path: { id: file.id } })} />
      {status === "closed" ? null : (
        <Allowed scope="own:support:write" isExplained>
          <Form
            act={t("ticket.send")}
            isBusy={answer.isPending}
            error={answer.error ?? solve.error}
            isReady={message.trim() !== ""}
            onSubmit={() => answer.mutate({ path: { id }, body: { message: message.trim(), files: [...files] } })}
          >
            <Textarea
              label={t("ticket.message")}
              autosize
              minRows={3}
              maxLength={10_000}
              value={message}
              onChange={(event) => setMessage(event.currentTarget.value)}
            />
            <TicketFiles files={files} onChange={setFiles} />
          </Form>
          {status === "solved" ? null : (
            <Group>
              <Button variant="default" loading={solve.isPending} onClick={() => solve.mutate({ path: { id } })}>
                {t("ticket.solve")}
              </Button>
            </Group>
          )}
        </Allowed>
      )}
    </>
  );
}
