import { Button } from "@mantine/core";
import type { components } from "@tributary/sdk";
import { useState } from "react";
import { useMe } from "../../app/me.ts";
import { useList } from "../../app/queries.ts";
import { useUrlState } from "../../app/url-state.ts";
import { t } from "../../i18n/messages.ts";
import { type Column, DataTable } from "../../ui/data-table.tsx";
import { Empty } from "../../ui/empty.tsx";
import { formatCount } from "../../ui/numbers.ts";
import { Page } from "../../ui/page.tsx";
import { Panel } from "../../ui/panel.tsx";
import { AgreementDrawer } from "./agreement-drawer.tsx";
import { WriteAgreement } from "./write-agreement.tsx";

type Agreement = components["schemas"]["Agreement"];
const inForce = ({ versions }: Agreement) => versions.find(({ isInForce }) => isInForce);

const COLUMNS: readonly Column<Agreement>[] = [
  {
    id: "name",
    header: t("contracts.name"),
    grow: true,
    phone: "start",
    cell: (row) => <bdi>{row.name}</bdi>,
  },
  {
    id: "tiers",
    header: t("contracts.tiers"),
    phone: "below",
    cell: (row) => row.tiers.map((tier) => tier.replace("tier", "")).join(", "),
  },
  {
    id: "version",
    header: t("contracts.inForce"),
    phone: "end",
    cell: (row) => inForce(row)?.number ?? "—",
  },
  {
    id: "accepted",
    header: t("contracts.acceptedBy"),
    phone: "belowEnd",
    cell: (row) => formatCount(inForce(row)?.accepted ?? 0),
  },
  {
    id: "draft",
    header: t("contracts.draft"),
    cell: (row) => t(row.versions.some(({ status }) => status === "draft") ? "yes" : "no"),
  },
];

/** Every agreement: whom it is for, what is in force, how many have accepted it. */
export function AllAgreements() {
  const { may } = useMe();
  const { opening, sortedBy } = useUrlState();
  const [isWriting, setWriting] = useState(false);
  const sorting = sortedBy("createdAt");
  const list = useList("listAgreements", { sort: sorting.sort });
  return (
    <Page
      title={t("nav.agreements")}
      acts={may("compliance:write") ? <Button onClick={() => setWriting(true)}>{t("contracts.new")}</Button> : null}
    >
      <Panel flush>
        <DataTable
          caption={t("nav.agreements")}
          columns={COLUMNS}
          list={list}
          {...opening}
          {...sorting}
          empty={<Empty title={t("contracts.empty")} text={t("contracts.emptyText")} />}
        />
      </Panel>
      {isWriting ? <WriteAgreement onClose={() => setWriting(false)} /> : null}
      <AgreementDrawer rows={list.rows} />
    </Page>
  );
}
