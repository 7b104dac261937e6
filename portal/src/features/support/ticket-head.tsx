import type { components } from "@tributary/sdk";
import { t } from "../../i18n/messages.ts";
import { Status } from "../../ui/status.tsx";

type Ticket = components["schemas"]["Ticket"];

/** What a ticket is about, and whose turn it is. */
export function TicketHead({ ticket: { subject, status, object } }: { readonly ticket: Ticket }) {
  return (
    <>
      <Status of="ticket" code={status} soft />
      <h3>
        <bdi>{subject}</bdi>
      </h3>
      {object === null ? null : (
        <p>
          {t(`ticket.about.${object.type}`)} <code dir="ltr">{object.id}</code>
        </p>
      )}
    </>
  );
}
