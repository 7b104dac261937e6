import { useQuery } from "@tanstack/react-query";
import { useMe } from "../../app/me.ts";
import { read } from "../../app/queries.ts";
import { RowDrawer } from "../../app/row-drawer.tsx";
import { t } from "../../i18n/messages.ts";
import { Loaded } from "../../ui/loaded.tsx";
import { AnyTicket } from "./any-ticket.tsx";
import { OwnTicket } from "./own-ticket.tsx";

/** The ticket that the address names. */
export function TicketDrawer({ rows }: { readonly rows: readonly { readonly id: string }[] }) {
  const { isPartner } = useMe();
  return (
    <RowDrawer title={t("ticket.title")} rows={rows}>
      {(id) => (isPartner ? <Own id={id} /> : <Any id={id} />)}
    </RowDrawer>
  );
}

function Own({ id }: { readonly id: string }) {
  const query = useQuery(read("getTicket", { path: { id } }));
  return <Loaded query={query}>{(ticket) => <OwnTicket key={id} ticket={ticket} />}</Loaded>;
}

function Any({ id }: { readonly id: string }) {
  const query = useQuery(read("getTicketFor", { path: { id } }));
  return <Loaded query={query}>{(ticket) => <AnyTicket key={id} ticket={ticket} />}</Loaded>;
}
