import { Button, Textarea } from "@mantine/core";
import type { components, OperationId } from "@tributary/sdk";
import { useState } from "react";
import { useMe } from "../../app/me.ts";
import { useAct } from "../../app/queries.ts";
import { useLate } from "../../app/use-late.ts";
import { t } from "../../i18n/messages.ts";
import { ReasonDialog } from "../../ui/reason-dialog.tsx";
import { toast } from "../../ui/toast.tsx";

type Act = "approve" | "reject" | "suspend" | "reactivate" | "terminate";

/** What may be done with a partner in each state; the first is the likely one. */
const ACTS: Readonly<Record<string, readonly Act[]>> = {
  pending: ["approve", "reject"],
  active: ["suspend", "terminate"],
  suspended: ["reactivate", "terminate"],
  rejected: [],
  terminated: [],
};
const OPERATIONS = {
  approve: "approvePartner",
  reject: "rejectPartner",
  suspend: "suspendPartner",
  reactivate: "reactivatePartner",
  terminate: "terminatePartner",
} as const satisfies Record<Act, OperationId>;
const OPTIONAL: readonly Act[] = ["approve", "reactivate"];
const TOUCHES = ["getPartner", "listPartners", "getPartnerTimeline"] as const;

export function PartnerActs({ partner }: { readonly partner: components["schemas"]["PartnerDetail"] }) {
  const { may } = useMe();
  const [asked, setAsked] = useState<Act>();
  if (!may("partners:write")) return null;
  return (
    <>
      {(ACTS[partner.status] ?? []).map((act) => (
        <Button key={act} variant={act === "approve" ? "filled" : "default"} onClick={() => setAsked(act)}>
          {t(`partner.${act}`)}
        </Button>
      ))}
      {asked ? <Decide key={asked} act={asked} partner={partner} onClose={() => setAsked(undefined)} /> : null}
    </>
  );
}

/** What was left empty is left out. */
const wordsOf = (reason: string, tell: string): object => ({ ...(reason && { reason }), ...(tell && { tell }) });

type DecideProps = {
  readonly act: Act;
  readonly partner: Pick<components["schemas"]["PartnerDetail"], "id" | "status">;
  readonly onClose: () => void;
};

function Decide({ act, partner, onClose }: DecideProps) {
  const decide = useAct(OPERATIONS[act], {
    touches: TOUCHES,
    onDone: () => {
      toast(t(`partner.${act}.done`));
      onClose();
    },
  });
  const { isLate, readAnew } = useLate(decide.error, "partner.wrong_state", TOUCHES);
  // As it was when the dialog opened: the page behind it may have been read anew since, and the person has not.
  const [from] = useState(partner.status);
  const close = (): void => {
    onClose();
    readAnew();
  };
  const [tell, setTell] = useState("");
  const isOptional = OPTIONAL.includes(act);
  return (
    <ReasonDialog
      title={t(`partner.${act}`)}
      act={t(`partner.${act}`)}
      effect={t(`partner.${act}.effect`)}
      isOptional={isOptional}
      isDestructive={!isOptional}
      isOpen
      onClose={close}
      isBusy={decide.isPending}
      error={decide.error}
      onSubmit={(reason) =>
        decide.mutate({ path: { id: partner.id }, body: { from, ...wordsOf(reason, tell.trim()) } } as never)
      }
    >
      {act === "reject" ? (
        <Textarea
          label={t("field.optional", { label: t("partner.tell") })}
          description={t("partner.tellText")}
          autosize
          minRows={2}
          maxLength={1000}
          value={tell}
          onChange={(event) => setTell(event.currentTarget.value)}
        />
      ) : null}
      {isLate ? <p role="status">{t("act.late")}</p> : null}
    </ReasonDialog>
  );
}
