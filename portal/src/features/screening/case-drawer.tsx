import { useQuery } from "@tanstack/react-query";
import { read } from "../../app/queries.ts";
import { RowDrawer } from "../../app/row-drawer.tsx";
import { t } from "../../i18n/messages.ts";
import { Loaded } from "../../ui/loaded.tsx";
import { CaseDetail } from "./case-detail.tsx";

/** The possible match that the address names. */
export function CaseDrawer({ rows }: { readonly rows: readonly { readonly id: string }[] }) {
  return (
    <RowDrawer title={t("screening.case")} rows={rows}>
      {(id) => <Opened id={id} />}
    </RowDrawer>
  );
}

function Opened({ id }: { readonly id: string }) {
  const query = useQuery(read("getScreeningCase", { path: { id } }));
  return <Loaded query={query}>{(found) => <CaseDetail key={id} found={found} />}</Loaded>;
}
