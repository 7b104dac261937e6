import { useQuery } from "@tanstack/react-query";
import { useMe } from "../../app/me.ts";
import { read } from "../../app/queries.ts";
import { RowDrawer } from "../../app/row-drawer.tsx";
import { t } from "../../i18n/messages.ts";
import { Loaded } from "../../ui/loaded.tsx";
import { AnyLead } from "./any-lead.tsx";
import { OwnLead } from "./own-lead.tsx";

/** The lead that the address names. */
export function LeadDrawer({ rows }: { readonly rows: readonly { readonly id: string }[] }) {
  const { isPartner } = useMe();
  return (
    <RowDrawer title={t("lead.title")} rows={rows}>
      {(id) => (isPartner ? <Own id={id} /> : <Any id={id} />)}
    </RowDrawer>
  );
}

function Own({ id }: { readonly id: string }) {
  const lead = useQuery(read("getLead", { path: { id } }));
  const rules = useQuery(read("getLeadRules"));
  return (
    <Loaded query={lead}>
      {(found) => <OwnLead key={id} lead={found} renewalsMax={rules.data?.renewalsMax ?? 0} />}
    </Loaded>
  );
}

function Any({ id }: { readonly id: string }) {
  const query = useQuery(read("getLeadFor", { path: { id } }));
  return <Loaded query={query}>{(lead) => <AnyLead key={id} lead={lead} />}</Loaded>;
}
