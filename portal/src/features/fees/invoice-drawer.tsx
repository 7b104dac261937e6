import { useQuery } from "@tanstack/react-query";
import { useMe } from "../../app/me.ts";
import { read } from "../../app/queries.ts";
import { RowDrawer } from "../../app/row-drawer.tsx";
import { t } from "../../i18n/messages.ts";
import { Loaded } from "../../ui/loaded.tsx";
import { InvoiceDetail } from "./invoice-detail.tsx";

/** The invoice that the address names. */
export function InvoiceDrawer({ rows }: { readonly rows: readonly { readonly id: string }[] }) {
  const { isPartner } = useMe();
  return (
    <RowDrawer title={t("invoice.title")} rows={rows}>
      {(id) => (isPartner ? <Own id={id} /> : <Any id={id} />)}
    </RowDrawer>
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
