import { Textarea, TextInput } from "@mantine/core";
import { useState } from "react";
import { useAct } from "../../app/queries.ts";
import { useUrlState } from "../../app/url-state.ts";
import { t } from "../../i18n/messages.ts";
import { Dialog } from "../../ui/dialog.tsx";
import { toast } from "../../ui/toast.tsx";
import { type TicketFile, TicketFiles } from "./ticket-files.tsx";

/** The partner asks the team something. */
export function NewTicket({ isOpen, onClose }: { readonly isOpen: boolean; readonly onClose: () => void }) {
  const { open } = useUrlState();
  const [subject, setSubject] = useState("");
  const [message, setMessage] = useState("");
  const [files, setFiles] = useState<readonly TicketFile[]>([]);
  const ask = useAct("openTicket", {
    touches: ["listTickets"],
    onDone: ({ id }) => {
      setSubject("");
      setMessage("");
      setFiles([]);
      onClose();
      toast(t("ticket.sent"));
      open(id);
    },
  });
  return (
    <Dialog
      title={t("ticket.new")}
      act={t("ticket.send")}
      isOpen={isOpen}
      onClose={onClose}
      isBusy={ask.isPending}
      error={ask.error}
      isReady={subject.trim() !== "" && message.trim() !== ""}
      onSubmit={() => ask.mutate({ body: { subject: subject.trim(), message: message.trim(), files: [...files] } })}
    >
      <TextInput
        label={t("ticket.subject")}
        maxLength={200}
        value={subject}
        onChange={(event) => setSubject(event.currentTarget.value)}
      />
      <Textarea
        label={t("ticket.message")}
        autosize
        minRows={4}
        maxLength={10_000}
        value={message}
        onChange={(event) => setMessage(event.currentTarget.value)}
      />
      <TicketFiles files={files} onChange={setFiles} />
    </Dialog>
  );
}
