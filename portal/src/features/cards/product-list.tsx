import { Button } from "@mantine/core";
import type { Output } from "@tributary/sdk";
import { useState } from "react";
import { useMe } from "../../app/me.ts";
import { useAct, useList } from "../../app/queries.ts";
import { useUrlState } from "../../app/url-state.ts";
import { t } from "../../i18n/messages.ts";
import { Amount } from "../../ui/amount.tsx";
import { type Column, DataTable } from "../../ui/data-table.tsx";
import { Dialog } from "../../ui/dialog.tsx";
import { Empty } from "../../ui/empty.tsx";
import { Panel } from "../../ui/panel.tsx";
import { Status } from "../../ui/status.tsx";
import { toast } from "../../ui/toast.tsx";
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
const limits = [limit("perAuthorization", t("cards.perPurchase")), limit("daily", t("cards.daily"))];
const monthly = (phone?: "end"): Column<Product> => limit("monthly", t("cards.monthly"), phone);
const status: Column<Product> = {
  id: "status",
  header: t("column.status"),
  phone: "belowEnd",
  cell: (row) => <Status of="card" code={row.status === "closed" ? "terminated" : row.status} />,
};

/** Card products: what a partner's cards may take. */
export function ProductList() {
  const { isPartner, may } = useMe();
  const [asked, setAsked] = useState<Product>();
  const close = useAct("closeCardProduct", {
    touches: ["listCardProducts", "listCards"],
    onDone: () => {
      setAsked(undefined);
      toast(t("cardProduct.closed"));
    },
  });
  const { partnerId } = useUrlState().search;
  const own = useList("listOwnCardProducts", {}, { enabled: isPartner });
  const all = useList("listCardProducts", { partnerId }, { enabled: !isPartner });
  const acts: Column<Product> = {
    id: "acts",
    header: t("column.decide"),
    align: "end",
    phone: "end",
    cell: (row) =>
      row.status === "active" ? (
        <Button
          size="compact-sm"
          variant="default"
          aria-label={`${t("cardProduct.close")}: ${row.name}`}
          onClick={() => setAsked(row)}
        >
          {t("cardProduct.close")}
        </Button>
      ) : null,
  };
  const columns = may("cards:write")
    ? // On a phone the act has the place of the limit.
      [name, partner, ...limits, monthly(), status, acts]
    : [name, ...(isPartner ? [] : [partner]), ...limits, monthly("end"), status];
  return (
    <Panel flush>
      <DataTable
        caption={t("cards.products")}
        columns={columns}
        list={isPartner ? own : all}
        empty={<Empty title={t("cards.productsEmpty")} {...(isPartner ? {} : { text: t("cardProduct.emptyText") })} />}
      />
      <Dialog
        title={t("cardProduct.close")}
        act={t("cardProduct.close")}
        isOpen={asked !== undefined}
        onClose={() => setAsked(undefined)}
        isBusy={close.isPending}
        error={close.error}
        isDestructive
        onSubmit={() => close.mutate({ path: { id: asked?.id ?? "" }, body: { status: "closed" } })}
      >
        <p>{t("cardProduct.closeEffect", { name: asked?.name ?? "" })}</p>
      </Dialog>
    </Panel>
  );
}
