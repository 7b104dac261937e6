import { useQuery } from "@tanstack/react-query";
import { useMe } from "../../app/me.ts";
import { read } from "../../app/queries.ts";
import { RowDrawer } from "../../app/row-drawer.tsx";
import { t } from "../../i18n/messages.ts";
import { Loaded } from "../../ui/loaded.tsx";
import { DeskDispute } from "./desk-dispute.tsx";
import { OwnDispute } from "./own-dispute.tsx";

/** The dispute that the address names. */
export function DisputeDrawer({ rows }: { readonly rows: readonly { readonly id: string }[] }) {
  const { isPartner } = useMe();
  return (
    <RowDrawer title={t("dispute.title")} hasId rows={rows}>
      {(id) => (isPartner ? <Own id={id} /> : <Any id={id} />)}
    </RowDrawer>
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
