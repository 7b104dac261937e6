import { Button } from "@mantine/core";
import { useNavigate } from "@tanstack/react-router";
import type { components } from "@tributary/sdk";
import { useState } from "react";
import { useMe } from "../../app/me.ts";
import { PATHS } from "../../app/paths.ts";
import { useAct } from "../../app/queries.ts";
import { t } from "../../i18n/messages.ts";
import { Dialog } from "../../ui/dialog.tsx";

type DraftPlanProps = {
  readonly tiers: components["schemas"]["CommissionPlan"]["tiers"];
  /** It is asked for by the address. */
  readonly isAsked?: boolean;
  readonly onClose?: () => void;
};

/** Makes a draft that begins as a copy of a version; nothing of it holds before it is published. */
export function DraftPlan({ tiers, isAsked = false, onClose }: DraftPlanProps) {
  const { may } = useMe();
  const navigate = useNavigate();
  const [isOpen, setOpen] = useState(false);
  const draft = useAct("draftPlan", {
    touches: ["listPlans"],
    onDone: ({ id }) => void navigate({ to: PATHS.plan, params: { id } }),
  });
  if (!may("program:write")) return null;
  return (
    <>
      <Button variant="default" onClick={() => setOpen(true)}>
        {t("plan.new")}
      </Button>
      <Dialog
        title={t("plan.new")}
        act={t("plan.new")}
        isOpen={isOpen || isAsked}
        onClose={() => {
          setOpen(false);
          onClose?.();
        }}
        isBusy={draft.isPending}
        error={draft.error}
        onSubmit={() => draft.mutate({ body: { tiers } })}
      >
        <p>{t("plan.newText")}</p>
      </Dialog>
    </>
  );
}
