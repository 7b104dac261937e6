import { useQuery } from "@tanstack/react-query";
import { useMe } from "../../app/me.ts";
import { read } from "../../app/queries.ts";
import { useUrlState } from "../../app/url-state.ts";
import { t } from "../../i18n/messages.ts";
import { Loaded } from "../../ui/loaded.tsx";
import { ShortId } from "../../ui/short-id.tsx";
import { SideDrawer } from "../../ui/side-drawer.tsx";
import { useRowKeys } from "../../ui/use-row-keys.ts";
import { DeskDispute } from "./desk-dispute.tsx";
import { OwnDispute } from "./own-dispute.tsx";

/** The dispute that the address names. */
export function DisputeDrawer({ rows }: { readonly rows: readonly { readonly id: string }[] }) {
  const { isPartner } = useMe();
  const { search, change, close } = useUrlState();
  const id = search.open;
  useRowKeys({ rows, openId: id, onStep: (open) => change({ open }) });
  return (
    <SideDrawer
      title={
        <>
          {t("dispute.title")} {id ? <ShortId id={id} /> : null}
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
  const query = useQuery(read("getDispute", { path: { id } }));
  return <Loaded query={query}>{(dispute) => <OwnDispute key={id} dispute={dispute} />}</Loaded>;
}

function Any({ id }: { readonly id: string }) {
  const query = useQuery(read("getAnyDispute", { path: { id } }));
  return <Loaded query={query}>{(dispute) => <DeskDispute key={id} dispute={dispute} />}</Loaded>;
}
