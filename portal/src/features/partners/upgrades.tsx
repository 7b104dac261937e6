import { Button, Group } from "@mantine/core";
import type { components } from "@tributary/sdk";
import { useState } from "react";
import { useAct, useList } from "../../app/queries.ts";
import { t } from "../../i18n/messages.ts";
import { type Column, DataTable } from "../../ui/data-table.tsx";
import { Empty } from "../../ui/empty.tsx";
import { Moment } from "../../ui/moment.tsx";
import { Panel } from "../../ui/panel.tsx";
import { ReasonDialog } from "../../ui/reason-dialog.tsx";
import { toast } from "../../ui/toast.tsx";
import { PartnerLink, PartnerName } from "./partner-link.tsx";
import { TierCriteria } from "./tier-criteria.tsx";
import { tierWords } from "./tier-words.ts";

type Upgrade = components["schemas"]["TierChange"];
type Asked = { readonly request: Upgrade; readonly act: "approve" | "reject" };

/** Partners who ask for another tier, with what the plan asks of them. */
export function Upgrades() {
  const [asked, setAsked] = useState<Asked>();
  const list = useList("listUpgrades", { status: "requested", sort: "requestedAt" });
  const done = (words: string) => ({
    touches: ["listUpgrades", "listPartners", "getPartner"] as const,
    onDone: () => {
      setAsked(undefined);
      toast(words);
    },
  });
  const approve = useAct("approveUpgrade", done(t("upgrade.approved")));
  const reject = useAct("rejectUpgrade", done(t("upgrade.rejected")));
  const columns: readonly Column<Upgrade>[] = [
    {
      id: "partner",
      header: t("column.partner"),
      phone: "start",
      cell: (row) => <PartnerLink id={row.partnerId} />,
    },
    {
      id: "to",
      header: t("column.tier"),
      phone: "end",
      cell: (row) => `${tierWords(row.fromTier)} → ${tierWords(row.toTier)}`,
    },
    { id: "requested", header: t("column.requested"), phone: "below", cell: (row) => <Moment at={row.requestedAt} /> },
    {
      id: "eligible",
      header: t("upgrade.criteria"),
      grow: true,
      phone: "below",
      cell: ({ eligibility }) => <TierCriteria eligibility={eligibility} />,
    },
    {
      id: "acts",
      header: t("column.decide"),
      phone: "belowEnd",
      align: "end",
      cell: (row) => (
        <Group gap="sm" justify="flex-end" wrap="nowrap">
          <Button size="compact-sm" variant="default" onClick={() => setAsked({ request: row, act: "approve" })}>
            {t("upgrade.approve")}
          </Button>
          <Button size="compact-sm" variant="default" onClick={() => setAsked({ request: row, act: "reject" })}>
            {t("upgrade.reject")}
          </Button>
        </Group>
      ),
    },
  ];
  const path = { id: asked?.request.id ?? "" };
  return (
    <>
      <Panel flush>
        <DataTable
          caption={t("partners.upgrades")}
          columns={columns}
          list={list}
          empty={<Empty title={t("upgrades.empty")} />}
        />
      </Panel>
      <ReasonDialog
        title={t("upgrade.approve")}
        act={t("upgrade.approve")}
        effect={<Effect request={asked?.request} words={t("upgrade.approveEffect")} />}
        isOptional
        isOpen={asked?.act === "approve"}
        onClose={() => setAsked(undefined)}
        isBusy={approve.isPending}
        error={approve.error}
        onSubmit={(reason) => approve.mutate({ path, body: reason === "" ? {} : { reason } })}
      />
      <ReasonDialog
        title={t("upgrade.reject")}
        act={t("upgrade.reject")}
        effect={<Effect request={asked?.request} words={t("upgrade.rejectEffect")} />}
        isDestructive
        isOpen={asked?.act === "reject"}
        onClose={() => setAsked(undefined)}
        isBusy={reject.isPending}
        error={reject.error}
        onSubmit={(reason) => reject.mutate({ path, body: { reason } })}
      />
    </>
  );
}

/** Of whom it is, and what follows. */
function Effect({ request, words }: { readonly request: Upgrade | undefined; readonly words: string }) {
  return (
    <>
      {request === undefined ? null : (
        <p>
          <PartnerName id={request.partnerId} />: {tierWords(request.fromTier)} → {tierWords(request.toTier)}
        </p>
      )}
      <p>{words}</p>
    </>
  );
}
