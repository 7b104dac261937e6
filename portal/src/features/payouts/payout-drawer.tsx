import { useQuery } from "@tanstack/react-query";
import { useMe } from "../../app/me.ts";
import { read } from "../../app/queries.ts";
import { RowDrawer } from "../../app/row-drawer.tsx";
import { t } from "../../i18n/messages.ts";
import { Loaded } from "../../ui/loaded.tsx";
import { PayoutDetail } from "./payout-detail.tsx";
import { SettlePayout } from "./settle-payout.tsx";

/** The payout that the address names. */
export function PayoutDrawer({ rows }: { readonly rows: readonly { readonly id: string }[] }) {
  const { isPartner } = useMe();
  return (
    <RowDrawer title={t("payout.title")} hasId rows={rows}>
      {(id) => (isPartner ? <Own id={id} /> : <Any id={id} />)}
    </RowDrawer>
  );
}

function Own({ id }: { readonly id: string }) {
  const query = useQuery(read("getPayout", { path: { id } }));
  return <Loaded query={query}>{(detail) => <PayoutDetail detail={detail} />}</Loaded>;
}

function Any({ id }: { readonly id: string }) {
  const query = useQuery(read("getAnyPayout", { path: { id } }));
  return (
    <Loaded query={query}>
      {(detail) => (
        <PayoutDetail detail={detail}>
          <SettlePayout detail={detail} />
        </PayoutDetail>
      )}
    </Loaded>
  );
}
