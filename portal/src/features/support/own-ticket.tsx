import { Button, Group, Textarea } from "@mantine/core";
import { Link } from "@tanstack/react-router";
import type { components } from "@tributary/sdk";
import { Allowed } from "../../app/allowed.tsx";
import { api } from "../../app/api.ts";
import { useDraft } from "../../app/draft.ts";
import { PATHS } from "../../app/paths.ts";
import { useAct } from "../../app/queries.ts";
import { t } from "../../i18n/messages.ts";
import { Form } from "../../ui/form.tsx";
import { Restored } from "../../ui/restored.tsx";
import { toast } from "../../ui/toast.tsx";
import { type TicketFile, TicketFiles } from "./ticket-files.tsx";
import { TicketHead } from "./ticket-head.tsx";
import { TicketMessages } from "./ticket-messages.tsx";

type Answer = { readonly message: string; readonly files: readonly TicketFile[] };
const EMPTY: Answer = { message: "", files: [] };
const OPTIONS = { unkept: ["files"] } as const;
const TOUCHES = ["getTicket", "listTickets"] as const;

/** A ticket as its partner reads it. */
export function OwnTicket({ ticket }: { readonly ticket: components["schemas"]["TicketDetail"] }) {
  const { id, status, messages } = ticket;
  const draft = useDraft(`ticket_${id}`, EMPTY, OPTIONS);
  const { message, files } = draft.value;
  const answer = useAct("answerTicket", {
    touches: TOUCHES,
    onDone: () => {
      draft.clear();
      toast(t("ticket.sent"));
    },
  });
  const solve = useAct("solveTicket", { touches: TOUCHES, onDone: () => toast(t("ticket.solved")) });
  return (
    <>
      <TicketHead ticket={ticket} />
      <TicketMessages messages={messages} fetchFile={(file) => api.getTicketFile({ path: { id: file.id } })} />
      {status === "closed" ? (
        <div role="note">
          <p>{t("ticket.isClosed")}</p>
          <Link to={PATHS.support} search={{ act: "ask" }}>
            {t("ticket.new")}
          </Link>
        </div>
      ) : (
        <Allowed scope="own:support:write" isExplained>
          <Form
            act={t("ticket.send")}
            isBusy={answer.isPending}
            error={answer.error ?? solve.error}
            isReady={message.trim() !== ""}
            onSubmit={() => answer.mutate({ path: { id }, body: { message: message.trim(), files: [...files] } })}
          >
            <Restored draft={draft} />
            <Textarea
              label={t("ticket.message")}
              autosize
              minRows={3}
              maxLength={10_000}
              value={message}
              onChange={(event) => draft.change({ message: event.currentTarget.value })}
            />
            <TicketFiles files={files} onChange={(chosen) => draft.change({ files: chosen })} />
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
