import { Button, Checkbox, TextInput } from "@mantine/core";
import "@mantine/core/styles/Checkbox.layer.css";
import "@mantine/core/styles/InlineInput.layer.css";
import type { Output } from "@tributary/sdk";
import { useState } from "react";
import { useMe } from "../../app/me.ts";
import { useAct, useList } from "../../app/queries.ts";
import { useUrlState } from "../../app/url-state.ts";
import { useDialog } from "../../app/use-dialog.ts";
import { t } from "../../i18n/messages.ts";
import { type Column, DataTable } from "../../ui/data-table.tsx";
import { Dialog } from "../../ui/dialog.tsx";
import { Empty } from "../../ui/empty.tsx";
import { FilterBar } from "../../ui/filter-bar.tsx";
import { Moment } from "../../ui/moment.tsx";
import { Panel } from "../../ui/panel.tsx";
import { Problem } from "../../ui/problem.tsx";
import { Status } from "../../ui/status.tsx";
import { toast } from "../../ui/toast.tsx";
import { PartnerLink } from "../partners/partner-link.tsx";
import { PartnerPicker } from "../partners/partner-picker.tsx";

type Coupon = Output<"listCoupons">["data"][number];
const FILTERS = [
  {
    name: "status",
    label: t("column.status"),
    options: (["active", "archived"] as const).map((code) => [code, t(`status.link.${code}`)] as const),
  },
];

/** As the API takes it. */
const CODE = /^[A-Za-z0-9][A-Za-z0-9_-]{1,49}$/;

/** Codes that say at the till who brought the customer. */
export function Coupons() {
  const { may } = useMe();
  const { search, change, sortedBy } = useUrlState();
  const create = useDialog("create");
  const { status, partnerId } = search;
  const sorting = sortedBy("-createdAt");
  const list = useList("listCoupons", { status, partnerId, sort: sorting.sort });
  const archive = useAct("archiveCoupon", { touches: ["listCoupons"], onDone: () => toast(t("coupon.archived")) });
  const columns: readonly Column<Coupon>[] = [
    {
      id: "code",
      header: t("column.code"),
      phone: "start",
      cell: (row) => <span dir="ltr">{row.code}</span>,
    },
    { id: "partner", header: t("column.partner"), phone: "below", cell: (row) => <PartnerLink id={row.partnerId} /> },
    { id: "exclusive", header: t("coupon.exclusive"), cell: (row) => t(row.isExclusive ? "yes" : "no") },
    { id: "from", header: t("coupon.from"), cell: (row) => <Moment at={row.startsAt} /> },
    { id: "until", header: t("coupon.until"), cell: (row) => <Moment at={row.endsAt} /> },
    { id: "created", header: t("column.created"), sort: "createdAt", cell: (row) => <Moment at={row.createdAt} /> },
    {
      id: "status",
      header: t("column.status"),
      phone: "belowEnd",
      cell: (row) => <Status of="link" code={row.status} />,
    },
    {
      id: "acts",
      header: t("column.decide"),
      align: "end",
      phone: "end",
      cell: (row) =>
        row.status === "active" && may("partners:write") ? (
          <Button
            size="compact-sm"
            variant="default"
            disabled={archive.isPending}
            onClick={() => archive.mutate({ path: { id: row.id } })}
          >
            {t("coupon.archive")}
          </Button>
        ) : null,
    },
  ];
  return (
    <>
      {archive.error ? <Problem error={archive.error} /> : null}
      <FilterBar filters={FILTERS} values={{ status }} onChange={change} />
      <Panel flush>
        <DataTable
          caption={t("partners.coupons")}
          columns={columns}
          list={list}
          {...sorting}
          empty={<Empty title={t("coupons.empty")} text={t("coupons.emptyText")} />}
        />
      </Panel>
      {create.isOpen ? <CreateCoupon onClose={create.onClose} /> : null}
    </>
  );
}

function CreateCoupon({ onClose }: { readonly onClose: () => void }) {
  const [partnerId, setPartner] = useState<string>();
  const [code, setCode] = useState("");
  const [isExclusive, setExclusive] = useState(true);
  const [from, setFrom] = useState("");
  const [until, setUntil] = useState("");
  const create = useAct("createCoupon", {
    touches: ["listCoupons"],
    onDone: () => {
      toast(t("coupon.created"));
      onClose();
    },
  });
  const dayOf = (day: string): string => new Date(`${day}T00:00:00Z`).toISOString();
  return (
    <Dialog
      title={t("coupon.create")}
      act={t("coupon.create")}
      isOpen
      onClose={onClose}
      isBusy={create.isPending}
      error={create.error}
      isReady={partnerId !== undefined && CODE.test(code.trim())}
      onSubmit={() =>
        create.mutate({
          body: {
            partnerId: partnerId ?? "",
            code: code.trim(),
            isExclusive,
            ...(from === "" ? {} : { startsAt: dayOf(from) }),
            ...(until === "" ? {} : { endsAt: dayOf(until) }),
          },
        })
      }
    >
      <PartnerPicker value={partnerId} onChange={setPartner} />
      <TextInput
        label={t("column.code")}
        description={t("coupon.codeText")}
        dir="ltr"
        maxLength={50}
        error={code.trim().length < 2 || CODE.test(code.trim()) ? null : t("coupon.codeWrong")}
        value={code}
        onChange={(event) => setCode(event.currentTarget.value)}
      />
      <TextInput
        type="date"
        label={t("coupon.from")}
        value={from}
        onChange={(event) => setFrom(event.currentTarget.value)}
      />
      <TextInput
        type="date"
        label={t("coupon.until")}
        description={t("coupon.untilText")}
        value={until}
        onChange={(event) => setUntil(event.currentTarget.value)}
      />
      <Checkbox
        label={t("coupon.exclusive")}
        description={t("coupon.exclusiveText")}
        checked={isExclusive}
        onChange={(event) => setExclusive(event.currentTarget.checked)}
      />
    </Dialog>
  );
}
