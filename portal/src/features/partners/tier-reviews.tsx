import { Button, NativeSelect } from "@mantine/core";
import type { Output } from "@tributary/sdk";
import { useState } from "react";
import { useMe } from "../../app/me.ts";
import { useAct, useList } from "../../app/queries.ts";
import { useUrlState } from "../../app/url-state.ts";
import { t } from "../../i18n/messages.ts";
import { type Column, DataTable } from "../../ui/data-table.tsx";
import { Empty } from "../../ui/empty.tsx";
import { FilterBar } from "../../ui/filter-bar.tsx";
import { Moment } from "../../ui/moment.tsx";
import { Panel } from "../../ui/panel.tsx";
import { ReasonDialog } from "../../ui/reason-dialog.tsx";
import { Status } from "../../ui/status.tsx";
import { toast } from "../../ui/toast.tsx";
import { PartnerLink, PartnerName } from "./partner-link.tsx";
import { tierWords } from "./tier-words.ts";

type Review = Output<"listTierReviews">["data"][number];
const STATUSES = ["open", "kept", "moved", "met", "moot"] as const;
const TIERS = ["tier1", "tier2", "tier3", "tier4"] as const;
const FILTERS = [
  {
    name: "status",
    label: t("column.status"),
    isRequired: true,
    options: [
      ...STATUSES.map((code) => [code, t(`status.review.${code}`)] as const),
      ["all", t("review.all")] as const,
    ],
  },
];

const COLUMNS: readonly Column<Review>[] = [
  {
    id: "partner",
    header: t("column.partner"),
    grow: true,
    phone: "start",
    cell: (row) => <PartnerLink id={row.partnerId} />,
  },
  {
    id: "tier",
    header: t("column.tier"),
    cell: ({ tier, toTier, status }) =>
      status === "moved" && toTier !== null ? `${tierWords(tier)} → ${tierWords(toTier)}` : tierWords(tier),
  },
  {
    id: "brought",
    header: t("review.brought"),
    phone: "below",
    cell: ({ counted, minimum, days }) => t("review.counted", { counted, minimum, days }),
  },
  { id: "opened", header: t("review.since"), sort: "openedAt", cell: (row) => <Moment at={row.openedAt} /> },
  {
    id: "status",
    header: t("column.status"),
    phone: "belowEnd",
    grow: true,
    cell: (row) => <Status of="review" code={row.status} note={row.reason ?? undefined} />,
  },
];

/** Partners who brought fewer customers than their tier asks for. A person keeps each in its tier or moves it; nobody is moved by itself. */
export function TierReviews() {
  const { may } = useMe();
  const { search, change, sortedBy } = useUrlState();
  const [asked, setAsked] = useState<Review>();
  const status = search.status ?? "open";
  const sorting = sortedBy("openedAt");
  const list = useList("listTierReviews", { ...(status !== "all" && { status }), sort: sorting.sort });
  const acts: Column<Review> = {
    id: "acts",
    header: t("column.decide"),
    align: "end",
    phone: "end",
    cell: (row) =>
      row.status === "open" ? (
        <Button size="compact-sm" variant="default" onClick={() => setAsked(row)}>
          {t("review.decide")}
        </Button>
      ) : null,
  };
  return (
    <>
      <FilterBar filters={FILTERS} values={{ status }} onChange={change} />
      <Panel flush>
        <DataTable
          caption={t("partners.reviews")}
          columns={may("partners:write") ? [...COLUMNS, acts] : COLUMNS}
          list={list}
          {...sorting}
          empty={
            status === "open" ? (
              <Empty title={t("review.empty")} text={t("review.emptyText")} />
            ) : (
              <Empty title={t("review.none")} />
            )
          }
        />
      </Panel>
      {asked ? <Decide key={asked.id} review={asked} onClose={() => setAsked(undefined)} /> : null}
    </>
  );
}

function Decide({ review, onClose }: { readonly review: Review; readonly onClose: () => void }) {
  const { id, partnerId, tier: now, counted, minimum, days } = review;
  const [tier, setTier] = useState<string>(now);
  const isKept = tier === now;
  const decide = useAct("decideTierReview", {
    touches: ["listTierReviews", "listPartners", "getPartner", "getPartnerTimeline"],
    onDone: ({ status }) => {
      toast(t(status === "moved" ? "review.moved" : "review.kept"));
      onClose();
    },
  });
  return (
    <ReasonDialog
      title={t("review.decide")}
      act={t(isKept ? "review.keep" : "review.move")}
      effect={
        <>
          <p>
            <PartnerName id={partnerId} />: {t("review.counted", { counted, minimum, days })}
          </p>
          <NativeSelect
            mt="sm"
            label={t("review.tier")}
            data={TIERS.map((value) => ({
              value,
              label: value === now ? t("review.stays", { tier: tierWords(value) }) : tierWords(value),
            }))}
            value={tier}
            onChange={(event) => setTier(event.currentTarget.value)}
          />
          <p style={{ marginBlockStart: "0.75rem" }}>
            {t(isKept ? "review.keepEffect" : "review.moveEffect", { days })}
          </p>
        </>
      }
      isDestructive={!isKept}
      isOpen
      onClose={onClose}
      isBusy={decide.isPending}
      error={decide.error}
      onSubmit={(reason) => decide.mutate({ path: { id }, body: { tier: tier as Review["tier"], reason } })}
    />
  );
}
