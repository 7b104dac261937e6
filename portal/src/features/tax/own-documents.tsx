import { Button } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import type { components } from "@tributary/sdk";
import { api } from "../../app/api.ts";
import { useList } from "../../app/queries.ts";
import { t } from "../../i18n/messages.ts";
import { Amount } from "../../ui/amount.tsx";
import { type Column, DataTable } from "../../ui/data-table.tsx";
import { download } from "../../ui/download.ts";
import { Empty } from "../../ui/empty.tsx";
import { Moment } from "../../ui/moment.tsx";
import { Panel } from "../../ui/panel.tsx";
import { Problem } from "../../ui/problem.tsx";
import { PartnerLink } from "../partners/partner-link.tsx";

export type TaxDocument = components["schemas"]["TaxDocument"];

/** The columns of a list of documents; `isOwn` leaves out whose they are. */
const columnsOf = (isOwn: boolean, open: (row: TaxDocument) => void): readonly Column<TaxDocument>[] => [
  {
    id: "document",
    header: t("tax.document"),
    phone: "start",
    grow: true,
    cell: (row) => (
      <>
        <bdi>
          {row.form} {row.year}
        </bdi>
        {row.kind === "original" ? null : `, ${t(`tax.kind.${row.kind}`)}`}
      </>
    ),
  },
  ...(isOwn
    ? []
    : [
        {
          id: "partner",
          header: t("column.partner"),
          phone: "below",
          cell: (row: TaxDocument) => <PartnerLink id={row.partnerId} />,
        } as const,
      ]),
  {
    id: "amount",
    header: t("tax.box1"),
    align: "end",
    phone: "end",
    cell: (row) => <Amount minor={row.amount} currency="USD" />,
  },
  {
    id: "withheld",
    header: t("tax.box4"),
    align: "end",
    cell: (row) => <Amount minor={row.withheld} currency="USD" />,
  },
  { id: "made", header: t("tax.made"), sort: "madeAt", cell: (row) => <Moment at={row.madeAt} as="time" /> },
  {
    id: "file",
    header: t("tax.file"),
    phone: "belowEnd",
    cell: (row) => (
      <Button
        size="compact-sm"
        variant="default"
        aria-label={`${t("tax.pdf")}: ${row.form} ${row.year}, ${row.number}`}
        onClick={() => open(row)}
      >
        {t("tax.pdf")}
      </Button>
    ),
  },
];

type DocumentTableProps = {
  readonly isOwn: boolean;
  readonly list: ReturnType<typeof useList<"listTaxDocuments">>;
  readonly empty: React.ReactNode;
};

/** Tax documents, each as PDF. */
export function DocumentTable({ isOwn, list, empty }: DocumentTableProps) {
  const file = useMutation({
    mutationFn: async ({ id, year, number }: TaxDocument) => {
      const input = { path: { id } };
      const blob = isOwn ? await api.getTaxDocumentFile(input) : await api.getAnyTaxDocumentFile(input);
      download(blob, `1099-nec-${year}-${number}.pdf`);
    },
  });
  return (
    <>
      {file.error ? <Problem error={file.error} /> : null}
      <DataTable
        caption={t("tax.tab.documents")}
        columns={columnsOf(isOwn, (row) => file.mutate(row))}
        list={list}
        empty={empty}
      />
    </>
  );
}

/** The own documents. */
export function OwnDocuments() {
  const list = useList("listTaxDocuments", { sort: "-madeAt" });
  return (
    <Panel flush>
      <DocumentTable
        isOwn
        list={list}
        empty={<Empty title={t("tax.documents.none")} text={t("tax.documents.noneText")} />}
      />
    </Panel>
  );
}
