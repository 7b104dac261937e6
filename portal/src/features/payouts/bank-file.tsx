import { Button, Checkbox } from "@mantine/core";
import "@mantine/core/styles/Checkbox.layer.css";
import "@mantine/core/styles/InlineInput.layer.css";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { api } from "../../app/api.ts";
import { useDialog } from "../../app/use-dialog.ts";
import { t } from "../../i18n/messages.ts";
import { timeZone } from "../../i18n/time-zone.ts";
import { dayIn } from "../../ui/dates.ts";
import { Dialog } from "../../ui/dialog.tsx";
import { download } from "../../ui/download.ts";
import { toast } from "../../ui/toast.tsx";
import { unlessProof, useStepUp } from "../security/use-step-up.tsx";

/** Each line but the head begins with the payout's id. */
const paymentsIn = async (file: Blob): Promise<number> => [...(await file.text()).matchAll(/^[\da-f-]{36},/gm)].length;

/** Hands out what was released and goes by bank: each payment once, as a file for the bank. */
export function BankFile() {
  const asking = useDialog("bank-file");
  const [includeExported, setIncluded] = useState(false);
  const client = useQueryClient();
  const { needsProof, dialog } = useStepUp();
  const take = useMutation({
    mutationFn: async () => {
      const file = await api.exportBankFile({ body: { includeExported } });
      const count = await paymentsIn(file);
      // A file with nothing but its head is none that a bank could take.
      if (count > 0) download(file, `bank-file-${dayIn(new Date(), timeZone())}.csv`);
      return count;
    },
    onSuccess: async (count) => {
      await client.invalidateQueries({ queryKey: ["listAllPayouts"] });
      if (count === 0) return;
      asking.onClose();
      toast(t("bankFile.taken", { count }));
    },
  });
  const submit = (): void => take.mutate(undefined, { onError: (error) => void needsProof(error, submit) });
  return (
    <>
      <Button variant="default" onClick={asking.open}>
        {t("bankFile.act")}
      </Button>
      <Dialog
        title={t("bankFile.act")}
        act={t("bankFile.act")}
        isOpen={asking.isOpen}
        onClose={() => {
          take.reset();
          asking.onClose();
        }}
        isBusy={take.isPending}
        error={unlessProof(take.error)}
        onSubmit={submit}
      >
        <p>{t("bankFile.text")}</p>
        <Checkbox
          label={t("bankFile.again")}
          description={t("bankFile.againText")}
          checked={includeExported}
          onChange={(event) => setIncluded(event.currentTarget.checked)}
        />
        {take.data === 0 ? <p role="status">{t("bankFile.nothing")}</p> : null}
      </Dialog>
      {dialog}
    </>
  );
}
