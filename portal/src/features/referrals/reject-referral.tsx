import { Button, Checkbox } from "@mantine/core";
import "@mantine/core/styles/Checkbox.layer.css";
import "@mantine/core/styles/InlineInput.layer.css";
import { useState } from "react";
import { Allowed } from "../../app/allowed.tsx";
import { useAct } from "../../app/queries.ts";
import { t } from "../../i18n/messages.ts";
import { ReasonDialog } from "../../ui/reason-dialog.tsx";
import { toast } from "../../ui/toast.tsx";

/** The team says that a customer does not count: what is pending of it is cancelled, and what is approved stays unless it is asked for. */
export function RejectReferral({ id }: { readonly id: string }) {
  const [isOpen, setOpen] = useState(false);
  const [takesBackApproved, setTakesBack] = useState(false);
  const reject = useAct("rejectReferral", {
    touches: ["listAllReferrals", "listAllCommissions", "getCommissionSummaryFor"],
    onDone: () => {
      setOpen(false);
      toast(t("referral.rejectDone"));
    },
  });
  return (
    <Allowed scope="referrals:convert">
      <Button size="compact-sm" variant="default" onClick={() => setOpen(true)}>
        {t("referral.reject")}
      </Button>
      <ReasonDialog
        title={t("referral.reject")}
        act={t("referral.reject")}
        effect={
          <>
            <p>{t("referral.rejectEffect")}</p>
            <Checkbox
              mt="sm"
              label={t("referral.takesBack")}
              description={t("referral.takesBackText")}
              checked={takesBackApproved}
              onChange={(event) => setTakesBack(event.currentTarget.checked)}
            />
          </>
        }
        isDestructive
        isOpen={isOpen}
        onClose={() => setOpen(false)}
        isBusy={reject.isPending}
        error={reject.error}
        onSubmit={(reason) => reject.mutate({ path: { id }, body: { reason, takesBackApproved } })}
      />
    </Allowed>
  );
}
