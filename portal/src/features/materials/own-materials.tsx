import { useList } from "../../app/queries.ts";
import { useUrlState } from "../../app/url-state.ts";
import { t } from "../../i18n/messages.ts";
import { DataTable } from "../../ui/data-table.tsx";
import { Empty } from "../../ui/empty.tsx";
import { FilterBar } from "../../ui/filter-bar.tsx";
import { Find } from "../../ui/find.tsx";
import { Page } from "../../ui/page.tsx";
import { Panel } from "../../ui/panel.tsx";
import { OWN_COLUMNS } from "./material-columns.tsx";
import { MaterialDrawer } from "./material-drawer.tsx";
import { MATERIAL_KINDS } from "./material-words.ts";
import { OwnMaterial } from "./own-material.tsx";

const FILTERS = [
  {
    name: "kind",
    label: t("column.type"),
    options: MATERIAL_KINDS.map((kind) => [kind, t(`material.kind.${kind}`)] as const),
  },
];

/** What the partner may publish. */
export default function OwnMaterials() {
  const { search, change, opening, sortedBy } = useUrlState();
  const { kind, q } = search;
  const sorting = sortedBy("-updatedAt");
  const list = useList("listMaterials", { kind, q, sort: sorting.sort });
  return (
    <Page title={t("nav.materials")}>
      <FilterBar filters={FILTERS} values={{ kind }} onChange={change}>
        <Find label={t("materials.find")} value={q ?? ""} onChange={(text) => change({ q: text || undefined })} />
      </FilterBar>
      <Panel flush>
        <DataTable
          caption={t("nav.materials")}
          columns={OWN_COLUMNS}
          list={list}
          {...opening}
          {...sorting}
          empty={
            kind || q ? (
              <Empty title={t("materials.none")} />
            ) : (
              <Empty title={t("materials.empty")} text={t("materials.ownEmptyText")} />
            )
          }
        />
      </Panel>
      <MaterialDrawer rows={list.rows}>{(id) => <OwnMaterial key={id} id={id} />}</MaterialDrawer>
    </Page>
  );
}
