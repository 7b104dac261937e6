import { useAct } from "../../app/queries.ts";
import { useUrlState } from "../../app/url-state.ts";
import { t } from "../../i18n/messages.ts";
import { Dialog } from "../../ui/dialog.tsx";
import { toast } from "../../ui/toast.tsx";
import { TicketFields, useTicketDraft } from "./ticket-fields.tsx";

/** The partner asks the team something. */
export function NewTicket({ isOpen, onClose }: { readonly isOpen: boolean; readonly onClose: () => void }) {
  const { open } = useUrlState();
  const { draft, body, isWhole } = useTicketDraft("ticket");
  const ask = useAct("openTicket", {
    touches: ["listTickets"],
    onDone: ({ id }) => {
      draft.clear();
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
      isReady={isWhole}
      onSubmit={() => ask.mutate({ body })}
    >
      <TicketFields draft={draft} />
    </Dialog>
  );
}
