import { Button } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import type { Output } from "@tributary/sdk";
import { useMemo } from "react";
import { Allowed } from "../../app/allowed.tsx";
import { read, useList } from "../../app/queries.ts";
import { useUrlState } from "../../app/url-state.ts";
import { useDialog } from "../../app/use-dialog.ts";
import { t } from "../../i18n/messages.ts";
import { CopyButton } from "../../ui/copy-button.tsx";
import { type Column, DataTable } from "../../ui/data-table.tsx";
import { Empty } from "../../ui/empty.tsx";
import { Moment } from "../../ui/moment.tsx";
import { formatCount } from "../../ui/numbers.ts";
import { Page } from "../../ui/page.tsx";
import { Panel } from "../../ui/panel.tsx";
import { Status } from "../../ui/status.tsx";
import { CreateLink } from "./create-link.tsx";
import { LinkDrawer } from "./link-drawer.tsx";
import { linkName, type ReferralLink } from "./link-words.ts";

/** Of the last 90 days, by link. */
type Figures = ReadonlyMap<string | null, Output<"getConversionFunnel">["sources"][number]["counts"]>;

const figure = (id: "clicks" | "signups" | "qualified", figures: Figures | undefined): Column<ReferralLink> => ({
  id,
  header: t(`links.${id}`),
  align: "end",
  cell: (row) => (figures === undefined ? "" : formatCount(figures.get(row.id)?.[id] ?? 0)),
});

const columnsOf = (figures: Figures | undefined): readonly Column<ReferralLink>[] => [
  {
    id: "campaign",
    header: t("column.link"),
    grow: true,
    phone: "start",
    cell: (row) => <bdi>{linkName(row)}</bdi>,
  },
  {
    id: "url",
    header: t("column.address"),
    grow: true,
    phone: "below",
    cell: (row) => <span dir="ltr">{row.url.replace(/^https?:\/\//, "")}</span>,
  },
  figure("clicks", figures),
  figure("signups", figures),
  figure("qualified", figures),
  { id: "created", header: t("column.created"), sort: "createdAt", cell: (row) => <Moment at={row.createdAt} /> },
  {
    id: "status",
    header: t("column.status"),
    phone: "belowEnd",
    cell: (row) => <Status of="link" code={row.status} />,
  },
  {
    id: "copy",
    header: t("column.copy"),
    align: "end",
    phone: "end",
    cell: (row) => <CopyButton text={row.url} label={linkName(row)} />,
  },
];

/** What a partner shares. */
export default function LinksPage() {
  const { opening, sortedBy } = useUrlState();
  const create = useDialog("create");
  const sorting = sortedBy("-createdAt");
  const list = useList("listReferralLinks", { sort: sorting.sort });
  const { data: profile } = useQuery(read("getPartnerProfile"));
  const { data: funnel } = useQuery(read("getConversionFunnel", { query: { period: "90d" } }));
  const columns = useMemo(
    () => columnsOf(funnel && new Map(funnel.sources.map(({ linkId, counts }) => [linkId, counts]))),
    [funnel],
  );
  return (
    <Page
      title={t("nav.links")}
      acts={
        profile?.status === "active" ? (
          <Allowed scope="own:referrals:write">
            <Button onClick={create.open}>{t("links.create")}</Button>
          </Allowed>
        ) : null
      }
    >
      {profile?.status === "pending" ? <p role="note">{t("links.whenApproved")}</p> : null}
      <Panel flush>
        <DataTable
          caption={t("nav.links")}
          columns={columns}
          list={list}
          {...opening}
          {...sorting}
          empty={<Empty title={t("links.empty")} text={t("links.emptyText")} />}
        />
      </Panel>
      <CreateLink isOpen={create.isOpen} onClose={create.onClose} />
      <LinkDrawer links={list.rows} />
    </Page>
  );
}
