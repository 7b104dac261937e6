import { NativeSelect } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { useState } from "react";
import { PATHS } from "../../app/paths.ts";
import { read, useAct } from "../../app/queries.ts";
import { t } from "../../i18n/messages.ts";
import { Dialog } from "../../ui/dialog.tsx";
import { toast } from "../../ui/toast.tsx";
import { HeldList } from "./held-list.tsx";

/** Gathers what can be paid in one currency. Above the limit a second person approves it; then it is released. */
export function NewBatch({ isOpen, onClose }: { readonly isOpen: boolean; readonly onClose: () => void }) {
  const navigate = useNavigate();
  const { data: settings } = useQuery(read("getPayoutSettings"));
  const { data: program } = useQuery(read("getProgram"));
  const [chosen, setChosen] = useState<string>();
  const currencies = [
    ...new Set([
      ...(program ? [program.currency] : []),
      ...(settings?.owedIn ?? []),
      ...(settings?.currencies.map((one) => one.currency) ?? []),
    ]),
  ];
  const currency = chosen ?? currencies[0] ?? "USD";
  const make = useAct("makePayoutBatch", {
    touches: ["listPayoutBatches", "previewPayouts", "listAllPayouts"],
    onDone: ({ id, withheld }) => {
      onClose();
      if (withheld.length > 0) toast(t("batch.leftOut", { count: withheld.length }));
      void navigate({ to: PATHS.batch, params: { id } });
    },
  });
  return (
    <Dialog
      title={t("batch.new")}
      act={t("batch.make")}
      isOpen={isOpen}
      onClose={onClose}
      isBusy={make.isPending}
      error={make.error}
      onSubmit={() => make.mutate({ body: { currency, includeBalances: true } })}
    >
      <p>{t("batch.explain")}</p>
      <NativeSelect
        label={t("column.currency")}
        data={currencies}
        value={currency}
        onChange={(event) => setChosen(event.currentTarget.value)}
      />
      <HeldList error={make.error} />
    </Dialog>
  );
}
