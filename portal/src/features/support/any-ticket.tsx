import { Button, Checkbox, Group, Textarea } from "@mantine/core";
import "@mantine/core/styles/Checkbox.layer.css";
import "@mantine/core/styles/InlineInput.layer.css";
import type { components } from "@tributary/sdk";
import { api } from "../../app/api.ts";
import { useDraft } from "../../app/draft.ts";
import { useAct } from "../../app/queries.ts";
import { t } from "../../i18n/messages.ts";
import { Form } from "../../ui/form.tsx";
import { Restored } from "../../ui/restored.tsx";
import { toast } from "../../ui/toast.tsx";
import { PartnerLink } from "../partners/partner-link.tsx";
import { type TicketFile, TicketFiles } from "./ticket-files.tsx";
import { TicketHead } from "./ticket-head.tsx";
import { TicketMessages } from "./ticket-messages.tsx";

type Answer = { readonly message: string; readonly isInternal: boolean; readonly files: readonly TicketFile[] };
const EMPTY: Answer = { message: "", isInternal: false, files: [] };
const OPTIONS = { unkept: ["files"] } as const;
const TOUCHES = ["getTicketFor", "listAllTickets"] as const;
/** Where a ticket can be moved by hand, by where it is. */
const MOVES = {
  open: ["solved", "closed"],
  waiting: ["solved", "closed"],
  solved: ["open", "closed"],
  closed: ["open"],
} as const;

/** A ticket as the team works on it. */
export function AnyTicket({ ticket }: { readonly ticket: components["schemas"]["OperatorTicketDetail"] }) {
  const { id, status, messages, partnerId } = ticket;
  const draft = useDraft(`answer_${id}`, EMPTY, OPTIONS);
  const { message, isInternal, files } = draft.value;
  const answer = useAct("answerTicketFor", {
    touches: TOUCHES,
    onDone: () => {
      draft.clear();
      toast(isInternal ? t("ticket.noted") : t("ticket.sent"));
    },
  });
  const move = useAct("changeTicket", { touches: TOUCHES, onDone: () => toast(t("ticket.moved")) });
  return (
    <>
      <TicketHead ticket={ticket} />
      <PartnerLink id={partnerId} />
      <TicketMessages messages={messages} fetchFile={(file) => api.getTicketFileFor({ path: { id: file.id } })} />
      <Form
        act={isInternal ? t("ticket.keepNote") : t("ticket.answer")}
        isBusy={answer.isPending}
        error={answer.error ?? move.error}
        isReady={message.trim() !== ""}
        onSubmit={() =>
          answer.mutate({ path: { id }, body: { message: message.trim(), isInternal, files: [...files] } })
        }
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
        <Checkbox
          label={t("ticket.isInternal")}
          checked={isInternal}
          onChange={(event) => draft.change({ isInternal: event.currentTarget.checked })}
        />
        <TicketFiles files={files} onChange={(chosen) => draft.change({ files: chosen })} />
      </Form>
      <Group>
        {MOVES[status].map((to) => (
          <Button
            key={to}
            variant="default"
            loading={move.isPending}
            onClick={() => move.mutate({ path: { id }, body: { status: to } })}
          >
            {t(`ticket.move.${to}`)}
          </Button>
        ))}
      </Group>
    </>
  );
}
