import { useQuery } from "@tanstack/react-query";
import { read } from "../../app/queries.ts";
import { useUrlState } from "../../app/url-state.ts";
import { t } from "../../i18n/messages.ts";
import { Loaded } from "../../ui/loaded.tsx";
import { SideDrawer } from "../../ui/side-drawer.tsx";
import { useRowKeys } from "../../ui/use-row-keys.ts";
import { CaseDetail } from "./case-detail.tsx";

/** The possible match that the address names. */
export function CaseDrawer({ rows }: { readonly rows: readonly { readonly id: string }[] }) {
  const { search, change, close } = useUrlState();
  const id = search.open;
  useRowKeys({ rows, openId: id, onStep: (open) => change({ open }) });
  return (
    <SideDrawer title={t("screening.case")} isOpen={id !== undefined} onClose={close}>
      {id === undefined ? null : <Opened id={id} />}
    </SideDrawer>
  );
}

function Opened({ id }: { readonly id: string }) {
  const query = useQuery(read("getScreeningCase", { path: { id } }));
  return <Loaded query={query}>{(found) => <CaseDetail key={id} found={found} />}</Loaded>;
}
