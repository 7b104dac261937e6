import { useQuery } from "@tanstack/react-query";
import { useMe } from "../../app/me.ts";
import { read } from "../../app/queries.ts";
import { useUrlState } from "../../app/url-state.ts";
import { t } from "../../i18n/messages.ts";
import { Loaded } from "../../ui/loaded.tsx";
import { ShortId } from "../../ui/short-id.tsx";
import { SideDrawer } from "../../ui/side-drawer.tsx";
import { useRowKeys } from "../../ui/use-row-keys.ts";
import { CommissionDetail } from "./commission-detail.tsx";

/** The commission that the address names, with its receipt; `j` and `k` step through the list behind it. */
export function CommissionDrawer({ rows }: { readonly rows: readonly { readonly id: string }[] }) {
  const { isPartner } = useMe();
  const { search, change, close } = useUrlState();
  const id = search.open;
  useRowKeys({ rows, openId: id, onStep: (to) => change({ open: to }) });
  return (
    <SideDrawer
      title={
        <>
          {t("commission.title")} {id ? <ShortId id={id} /> : null}
        </>
      }
      isOpen={id !== undefined}
      onClose={close}
    >
      {id === undefined ? null : isPartner ? <Own id={id} /> : <Any id={id} />}
    </SideDrawer>
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
