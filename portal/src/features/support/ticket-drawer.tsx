import { useQuery } from "@tanstack/react-query";
import { useMe } from "../../app/me.ts";
import { read } from "../../app/queries.ts";
import { useUrlState } from "../../app/url-state.ts";
import { t } from "../../i18n/messages.ts";
import { Loaded } from "../../ui/loaded.tsx";
import { SideDrawer } from "../../ui/side-drawer.tsx";
import { useRowKeys } from "../../ui/use-row-keys.ts";
import { AnyTicket } from "./any-ticket.tsx";
import { OwnTicket } from "./own-ticket.tsx";

/** The ticket that the address names. */
export function TicketDrawer({ rows }: { readonly rows: readonly { readonly id: string }[] }) {
  const { isPartner } = useMe();
  const { search, change, close } = useUrlState();
  const id = search.open;
  useRowKeys({ rows, openId: id, onStep: (open) => change({ open }) });
  return (
    <SideDrawer title={t("ticket.title")} isOpen={id !== undefined} onClose={close}>
      {id === undefined ? null : isPartner ? <Own id={id} /> : <Any id={id} />}
    </SideDrawer>
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
