import { Button, Checkbox } from "@mantine/core";
import "@mantine/core/styles/Checkbox.layer.css";
import "@mantine/core/styles/InlineInput.layer.css";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { api } from "../../app/api.ts";
import { useDialog } from "../../app/use-dialog.ts";
import { t } from "../../i18n/messages.ts";
import { Dialog } from "../../ui/dialog.tsx";
import { download } from "../../ui/download.ts";
import { unlessProof, useStepUp } from "../security/use-step-up.tsx";

/** Hands out what was released and goes by bank: each payment once, as a file for the bank. */
export function BankFile() {
  const asking = useDialog("bank-file");
  const [includeExported, setIncluded] = useState(false);
  const client = useQueryClient();
  const { needsProof, dialog } = useStepUp();
  const take = useMutation({
    mutationFn: async () => download(await api.exportBankFile({ body: { includeExported } }), "payouts.csv"),
    onSuccess: async () => {
      await client.invalidateQueries({ queryKey: ["listAllPayouts"] });
      asking.onClose();
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
        onClose={asking.onClose}
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
      </Dialog>
      {dialog}
    </>
  );
}
