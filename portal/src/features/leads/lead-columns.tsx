import { t } from "../../i18n/messages.ts";
import { Amount } from "../../ui/amount.tsx";
import type { Column } from "../../ui/data-table.tsx";
import { Moment } from "../../ui/moment.tsx";
import { PartnerLink } from "../partners/partner-link.tsx";
import { type Lead, LeadStatus } from "./lead-status.tsx";

const company: Column<Lead> = {
  id: "company",
  header: t("field.company"),
  sort: "company",
  grow: true,
  phone: "start",
  cell: (row) => <bdi>{row.company}</bdi>,
};
const partner: Column<Lead> = {
  id: "partner",
  header: t("column.partner"),
  phone: "below",
  cell: (row) => <PartnerLink id={row.partnerId} />,
};
const domain: Column<Lead> = {
  id: "domain",
  header: t("lead.domain"),
  grow: true,
  phone: "below",
  cell: (row) => <span dir="ltr">{row.domain ?? "—"}</span>,
};
const rest: readonly Column<Lead>[] = [
  {
    id: "registered",
    header: t("lead.registered"),
    sort: "registeredAt",
    cell: (row) => <Moment at={row.registeredAt} />,
  },
  {
    id: "value",
    header: t("lead.value"),
    align: "end",
    phone: "end",
    cell: (row) => <Amount minor={row.expectedValue} currency={row.currency ?? ""} />,
  },
];
const status = (isPartner: boolean): Column<Lead> => ({
  id: "status",
  header: t("column.status"),
  phone: "belowEnd",
  cell: (row) => <LeadStatus lead={row} isPartner={isPartner} />,
});

export const LEAD_COLUMNS = {
  partner: [company, domain, ...rest, status(true)],
  operator: [company, partner, ...rest, status(false)],
} as const;
