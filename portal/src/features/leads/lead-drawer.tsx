import { useQuery } from "@tanstack/react-query";
import { useMe } from "../../app/me.ts";
import { read } from "../../app/queries.ts";
import { useUrlState } from "../../app/url-state.ts";
import { t } from "../../i18n/messages.ts";
import { Loaded } from "../../ui/loaded.tsx";
import { SideDrawer } from "../../ui/side-drawer.tsx";
import { useRowKeys } from "../../ui/use-row-keys.ts";
import { AnyLead } from "./any-lead.tsx";
import { OwnLead } from "./own-lead.tsx";

/** The lead that the address names. */
export function LeadDrawer({ rows }: { readonly rows: readonly { readonly id: string }[] }) {
  const { isPartner } = useMe();
  const { search, change, close } = useUrlState();
  const id = search.open;
  useRowKeys({ rows, openId: id, onStep: (open) => change({ open }) });
  return (
    <SideDrawer title={t("lead.title")} isOpen={id !== undefined} onClose={close}>
      {id === undefined ? null : isPartner ? <Own id={id} /> : <Any id={id} />}
    </SideDrawer>
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
