import { useQuery } from "@tanstack/react-query";
import { useMe } from "../../app/me.ts";
import { read } from "../../app/queries.ts";
import { RowDrawer } from "../../app/row-drawer.tsx";
import { t } from "../../i18n/messages.ts";
import { Loaded } from "../../ui/loaded.tsx";
import { CommissionDetail } from "./commission-detail.tsx";

/** The commission that the address names, with its receipt; `j` and `k` step through the list behind it. */
export function CommissionDrawer({ rows }: { readonly rows: readonly { readonly id: string }[] }) {
  const { isPartner } = useMe();
  return (
    <RowDrawer title={t("commission.title")} hasId rows={rows}>
      {(id) => (isPartner ? <Own id={id} /> : <Any id={id} />)}
    </RowDrawer>
  );
}

function Own({ id }: { readonly id: string }) {
  const query = useQuery(read("getCommission", { path: { id } }));
  return <Loaded query={query}>{(detail) => <CommissionDetail detail={detail} />}</Loaded>;
}

function Any({ id }: { readonly id: string }) {
  const query = useQuery(read("getAnyCommission", { path: { id } }));
  return <Loaded query={query}>{(detail) => <CommissionDetail detail={detail} />}</Loaded>;
}
