import type { components } from "@tributary/sdk";
import { t } from "../../i18n/messages.ts";
import type { Column } from "../../ui/data-table.tsx";
import { Moment } from "../../ui/moment.tsx";
import { formatCount } from "../../ui/numbers.ts";
import { StatusMark } from "../../ui/status.tsx";
import { look } from "../../ui/status-words.ts";
import { formatWords, tiersWords } from "./material-words.ts";

export type Material = components["schemas"]["Material"];
export type OperatorMaterial = components["schemas"]["OperatorMaterial"];

const LOOKS = {
  active: look("full", "good", "material.status.active"),
  archived: look("ended", "neutral", "material.status.archived"),
} as const;

export const MaterialStatus = ({ code, soft }: { code: OperatorMaterial["status"]; soft?: boolean }) => (
  <StatusMark look={LOOKS[code]} code={code} soft={soft ?? false} />
);

const title = {
  id: "title",
  header: t("material.name"),
  sort: "title",
  grow: true,
  phone: "start",
  cell: (row: Material | OperatorMaterial) => <bdi>{row.title}</bdi>,
} as const;
const kind = {
  id: "kind",
  header: t("column.type"),
  phone: "below",
  cell: (row: Material | OperatorMaterial) => t(`material.kind.${row.kind}`),
} as const;
const format = {
  id: "format",
  header: t("material.format"),
  cell: (row: Material | OperatorMaterial) => <span dir="ltr">{formatWords(row)}</span>,
} as const;
const updated = {
  id: "updated",
  header: t("material.updated"),
  sort: "updatedAt",
  cell: (row: Material | OperatorMaterial) => <Moment at={row.updatedAt} />,
} as const;

export const OWN_COLUMNS: readonly Column<Material>[] = [title, kind, format, { ...updated, phone: "belowEnd" }];
export const ALL_COLUMNS: readonly Column<OperatorMaterial>[] = [
  title,
  kind,
  format,
  { id: "tiers", header: t("material.tiers"), grow: true, cell: (row) => tiersWords(row.tiers) },
  {
    id: "downloads",
    header: t("material.downloads"),
    align: "end",
    phone: "end",
    cell: (row) => formatCount(row.downloads.count),
  },
  updated,
  { id: "status", header: t("column.status"), phone: "belowEnd", cell: (row) => <MaterialStatus code={row.status} /> },
];
