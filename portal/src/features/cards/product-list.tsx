import type { Output } from "@tributary/sdk";
import { useMe } from "../../app/me.ts";
import { useList } from "../../app/queries.ts";
import { useUrlState } from "../../app/url-state.ts";
import { t } from "../../i18n/messages.ts";
import { Amount } from "../../ui/amount.tsx";
import { type Column, DataTable } from "../../ui/data-table.tsx";
import { Empty } from "../../ui/empty.tsx";
import { Panel } from "../../ui/panel.tsx";
import { Status } from "../../ui/status.tsx";
import { PartnerLink } from "../partners/partner-link.tsx";

type Product = Output<"listOwnCardProducts">["data"][number];

const limit = (name: keyof Product["limits"], header: string, phone?: "end"): Column<Product> => ({
  id: name,
  header,
  align: "end",
  ...(phone && { phone }),
  cell: ({ limits, currency }) => {
    const minor = limits[name];
    return minor === null ? "—" : <Amount minor={minor} currency={currency} />;
  },
});
const name: Column<Product> = {
  id: "name",
  header: t("field.name"),
  grow: true,
  phone: "start",
  cell: (row) => <bdi>{row.name}</bdi>,
};
const partner: Column<Product> = {
  id: "partner",
  header: t("column.partner"),
  grow: true,
  phone: "below",
  cell: (row) => <PartnerLink id={row.partnerId} />,
};
const rest: readonly Column<Product>[] = [
  limit("perAuthorization", t("cards.perPurchase")),
  limit("daily", t("cards.daily")),
  limit("monthly", t("cards.monthly"), "end"),
  {
    id: "status",
    header: t("column.status"),
    phone: "belowEnd",
    cell: (row) => <Status of="card" code={row.status === "closed" ? "terminated" : row.status} />,
  },
];

/** Card products: what a partner's cards may take. */
export function ProductList() {
  const { isPartner } = useMe();
  const { partnerId } = useUrlState().search;
  const own = useList("listOwnCardProducts", {}, { enabled: isPartner });
  const all = useList("listCardProducts", { partnerId }, { enabled: !isPartner });
  return (
    <Panel flush>
      <DataTable
        caption={t("cards.products")}
        columns={isPartner ? [name, ...rest] : [name, partner, ...rest]}
        list={isPartner ? own : all}
        empty={<Empty title={t("cards.productsEmpty")} />}
      />
    </Panel>
  );
}
