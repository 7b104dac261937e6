import { Button } from "@mantine/core";
import type { Output } from "@tributary/sdk";
import { useState } from "react";
import { useAct, useList } from "../../app/queries.ts";
import { t } from "../../i18n/messages.ts";
import { type Column, DataTable } from "../../ui/data-table.tsx";
import { Dialog } from "../../ui/dialog.tsx";
import { Empty } from "../../ui/empty.tsx";
import { Moment } from "../../ui/moment.tsx";
import { Panel } from "../../ui/panel.tsx";
import { toast } from "../../ui/toast.tsx";

type Feature = Output<"listFeatures">["data"][number];

/** What is open and what is not, and since when. */
export default function Features() {
  const features = useList("listFeatures", {});
  const [asked, setAsked] = useState<Feature>();
  const set = useAct("setFeature", {
    touches: ["listFeatures"],
    onDone: () => {
      setAsked(undefined);
      toast(t("features.set"));
    },
  });
  const columns: readonly Column<Feature>[] = [
    { id: "what", header: t("features.what"), grow: true, phone: "start", cell: (row) => row.description },
    { id: "key", header: t("features.key"), phone: "below", cell: (row) => <code dir="ltr">{row.key}</code> },
    { id: "since", header: t("features.since"), cell: (row) => <Moment at={row.updatedAt} as="time" /> },
    {
      id: "is",
      header: t("column.status"),
      phone: "belowEnd",
      cell: (row) => t(row.isEnabled ? "features.on" : "features.off"),
    },
    {
      id: "acts",
      header: t("column.decide"),
      align: "end",
      phone: "end",
      cell: (row) => (
        <Button size="compact-sm" variant="default" onClick={() => setAsked(row)}>
          {t(row.isEnabled ? "features.turnOff" : "features.turnOn")}
        </Button>
      ),
    },
  ];
  const words = t(asked?.isEnabled ? "features.turnOff" : "features.turnOn");
  return (
    <Panel title={t("settings.features")} flush>
      <DataTable
        caption={t("settings.features")}
        columns={columns}
        list={features}
        idOf={(row) => row.key}
        empty={<Empty title={t("features.empty")} />}
      />
      <Dialog
        title={words}
        act={words}
        isOpen={asked !== undefined}
        onClose={() => setAsked(undefined)}
        isBusy={set.isPending}
        error={set.error}
        isDestructive={asked?.isEnabled ?? false}
        onSubmit={() => {
          if (asked) set.mutate({ path: { key: asked.key }, body: { isEnabled: !asked.isEnabled } });
        }}
      >
        <p>{asked?.description}</p>
        <p>{t("features.effect")}</p>
      </Dialog>
    </Panel>
  );
}
