import { useQuery } from "@tanstack/react-query";
import { useMe } from "../../app/me.ts";
import { read } from "../../app/queries.ts";
import { useUrlState } from "../../app/url-state.ts";
import { t } from "../../i18n/messages.ts";
import { Loaded } from "../../ui/loaded.tsx";
import { SideDrawer } from "../../ui/side-drawer.tsx";
import { useRowKeys } from "../../ui/use-row-keys.ts";
import { InvoiceDetail } from "./invoice-detail.tsx";

/** The invoice that the address names. */
export function InvoiceDrawer({ rows }: { readonly rows: readonly { readonly id: string }[] }) {
  const { isPartner } = useMe();
  const { search, change, close } = useUrlState();
  const id = search.open;
  useRowKeys({ rows, openId: id, onStep: (open) => change({ open }) });
  return (
    <SideDrawer title={t("invoice.title")} isOpen={id !== undefined} onClose={close}>
      {id === undefined ? null : isPartner ? <Own id={id} /> : <Any id={id} />}
    </SideDrawer>
  );
}

function Own({ id }: { readonly id: string }) {
  const query = useQuery(read("getInvoice", { path: { id } }));
  return <Loaded query={query}>{(invoice) => <InvoiceDetail invoice={invoice} />}</Loaded>;
}

function Any({ id }: { readonly id: string }) {
  const query = useQuery(read("getAnyInvoice", { path: { id } }));
  return <Loaded query={query}>{(invoice) => <InvoiceDetail invoice={invoice} />}</Loaded>;
}
