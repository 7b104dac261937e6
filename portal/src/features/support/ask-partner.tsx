import { Button } from "@mantine/core";
import { Link } from "@tanstack/react-router";
import { useState } from "react";
import { Allowed } from "../../app/allowed.tsx";
import { PATHS } from "../../app/paths.ts";
import { useAct } from "../../app/queries.ts";
import { t } from "../../i18n/messages.ts";
import { Dialog } from "../../ui/dialog.tsx";
import { toast } from "../../ui/toast.tsx";
import { TicketFields, useTicketDraft } from "./ticket-fields.tsx";

/** The team writes to a partner first: a ticket that waits for its answer. */
export function AskPartner({ partnerId }: { readonly partnerId: string }) {
  const [isOpen, setOpen] = useState(false);
  return (
    <Allowed scope="support:write">
      <Button variant="default" onClick={() => setOpen(true)}>
        {t("ticket.askPartner")}
      </Button>
      {isOpen ? <AskDialog partnerId={partnerId} onClose={() => setOpen(false)} /> : null}
    </Allowed>
  );
}

function AskDialog({ partnerId, onClose }: { readonly partnerId: string; readonly onClose: () => void }) {
  const { draft, body, isWhole } = useTicketDraft(`ticket_${partnerId}`);
  const ask = useAct("openTicketFor", {
    touches: ["listAllTickets", "getPartnerTimeline"],
    onDone: () => {
      draft.clear();
      toast(t("ticket.sent"));
      onClose();
    },
  });
  return (
    <Dialog
      title={t("ticket.askPartner")}
      act={t("ticket.send")}
      isOpen
      onClose={onClose}
      isBusy={ask.isPending}
      error={ask.error}
      isReady={isWhole}
      onSubmit={() => ask.mutate({ body: { partnerId, ...body } })}
    >
      <p>
        {t("ticket.askPartnerText")}{" "}
        <Link to={PATHS.support} search={{ partnerId }}>
          {t("ticket.ofPartner")}
        </Link>
      </p>
      <TicketFields draft={draft} isFocused />
    </Dialog>
  );
}
