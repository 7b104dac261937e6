import { Button } from "@mantine/core";
import { useState } from "react";
import { useMe } from "../../app/me.ts";
import { useList } from "../../app/queries.ts";
import { useUrlState } from "../../app/url-state.ts";
import { t } from "../../i18n/messages.ts";
import { DataTable } from "../../ui/data-table.tsx";
import { Empty } from "../../ui/empty.tsx";
import { FilterBar } from "../../ui/filter-bar.tsx";
import { Find } from "../../ui/find.tsx";
import { Page } from "../../ui/page.tsx";
import { Panel } from "../../ui/panel.tsx";
import { AnyMaterial } from "./any-material.tsx";
import { ALL_COLUMNS } from "./material-columns.tsx";
import { MaterialDrawer } from "./material-drawer.tsx";
import { MATERIAL_KINDS, TIERS } from "./material-words.ts";
import { NewMaterial } from "./new-material.tsx";

const FILTERS = [
  {
    name: "kind",
    label: t("column.type"),
    options: MATERIAL_KINDS.map((kind) => [kind, t(`material.kind.${kind}`)] as const),
  },
  {
    name: "tier",
    label: t("column.tier"),
    options: TIERS.map((tier) => [tier, t("tier.name", { tier: tier.replace("tier", "") })] as const),
  },
  {
    name: "status",
    label: t("column.status"),
    options: (["active", "archived"] as const).map((code) => [code, t(`material.status.${code}`)] as const),
  },
];

/** What is offered to partners, what was, and how often each is used. */
export default function AllMaterials() {
  const { may } = useMe();
  const { search, change, opening, sortedBy } = useUrlState();
  const [isAdding, setAdding] = useState(false);
  const { kind, tier, status, q } = search;
  const sorting = sortedBy("-updatedAt");
  const list = useList("listAllMaterials", { kind, tier, status, q, sort: sorting.sort });
  return (
    <Page
      title={t("nav.materials")}
      acts={may("materials:write") ? <Button onClick={() => setAdding(true)}>{t("material.add")}</Button> : null}
    >
      <FilterBar filters={FILTERS} values={{ kind, tier, status }} onChange={change}>
        <Find label={t("materials.find")} value={q ?? ""} onChange={(text) => change({ q: text || undefined })} />
      </FilterBar>
      <Panel flush>
        <DataTable
          caption={t("nav.materials")}
          columns={ALL_COLUMNS}
          list={list}
          {...opening}
          {...sorting}
          empty={
            kind || tier || status || q ? (
              <Empty title={t("materials.none")} />
            ) : (
              <Empty title={t("materials.empty")} text={t("materials.emptyText")} />
            )
          }
        />
      </Panel>
      <NewMaterial isOpen={isAdding} onClose={() => setAdding(false)} />
      <MaterialDrawer rows={list.rows}>{(id) => <AnyMaterial key={id} id={id} />}</MaterialDrawer>
    </Page>
  );
}
