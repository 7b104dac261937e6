import type { components } from "@tributary/sdk";
import { useState } from "react";
import { useMe } from "../../app/me.ts";
import { useList } from "../../app/queries.ts";
import { useUrlState } from "../../app/url-state.ts";
import { t } from "../../i18n/messages.ts";
import { type Column, DataTable } from "../../ui/data-table.tsx";
import { formatDay } from "../../ui/dates.ts";
import { Empty } from "../../ui/empty.tsx";
import { Panel } from "../../ui/panel.tsx";
import { PartnerName } from "../partners/partner-link.tsx";
import { AgreeFees } from "./agree-fees.tsx";

type Agreement = components["schemas"]["FeeAgreement"];
const dayOr = (day: string | null): string => (day === null ? "—" : formatDay(day));

const COLUMNS: readonly Column<Agreement>[] = [
  {
    id: "partner",
    header: t("column.partner"),
    grow: true,
    phone: "start",
    cell: (row) => <PartnerName id={row.partnerId} />,
  },
  { id: "starts", header: t("agreement.starts"), phone: "below", cell: (row) => formatDay(row.startsOn) },
  { id: "ends", header: t("agreement.ends"), cell: (row) => dayOr(row.endsOn) },
  { id: "support", header: t("agreement.support"), cell: (row) => dayOr(row.supportFrom) },
  { id: "setOff", header: t("agreement.setOff"), cell: (row) => t(row.maySetOff ? "yes" : "no") },
  {
    id: "due",
    header: t("agreement.due"),
    phone: "belowEnd",
    cell: (row) => t("terms.days", { count: row.dueDays }),
  },
  { id: "next", header: t("agreement.next"), sort: "nextOn", phone: "end", cell: (row) => formatDay(row.nextOn) },
];

/** Who is charged fees, from when on, and which month is invoiced next. */
export function AgreementList() {
  const { sortedBy } = useUrlState();
  const sorting = sortedBy("nextOn");
  const { may } = useMe();
  const [changed, setChanged] = useState<Agreement>();
  const list = useList("listFeeAgreements", { sort: sorting.sort });
  return (
    <Panel flush>
      <DataTable
        caption={t("fees.agreements")}
        columns={COLUMNS}
        list={list}
        idOf={(row) => row.partnerId}
        {...(may("fees:write") ? { onOpen: (_id: string, row: Agreement) => setChanged(row) } : {})}
        {...sorting}
        empty={<Empty title={t("agreements.empty")} text={t("agreements.emptyText")} />}
      />
      {changed ? <AgreeFees key={changed.partnerId} agreement={changed} onClose={() => setChanged(undefined)} /> : null}
    </Panel>
  );
}
