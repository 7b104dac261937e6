import { Button, Group } from "@mantine/core";
import { Link } from "@tanstack/react-router";
import type { components } from "@tributary/sdk";
import { useState } from "react";
import { useMe } from "../../app/me.ts";
import { PATHS } from "../../app/paths.ts";
import { useAct } from "../../app/queries.ts";
import { useUrlState } from "../../app/url-state.ts";
import { t } from "../../i18n/messages.ts";
import { ReasonDialog } from "../../ui/reason-dialog.tsx";
import { toast } from "../../ui/toast.tsx";
import classes from "./lead.module.css";
import { LeadEntries } from "./lead-entries.tsx";
import { LeadHead } from "./lead-head.tsx";
import { NoteOnLead } from "./note-on-lead.tsx";

type Detail = components["schemas"]["OperatorLeadDetail"];
const TOUCHES = ["getLeadFor", "listAllLeads"] as const;
const TO_DECIDE: readonly string[] = ["submitted", "conflict"];
const PROTECTED: readonly string[] = ["accepted", "contacted", "qualified", "proposal", "won"];

type Act = "accept" | "decline" | "renew" | "give";

/** A deal as the team decides on it: what it met, what came of it, and what may be done. */
export function AnyLead({ lead }: { readonly lead: Detail }) {
  const { may } = useMe();
  const [act, setAct] = useState<Act>();
  const note = useAct("noteOnLeadFor", { touches: TOUCHES, onDone: () => toast(t("lead.noted")) });
  const acts = actsOf(lead, may);
  return (
    <>
      <LeadHead lead={lead} isPartner={false} />
      <Conflict conflict={lead.conflict} />
      {lead.referralId === null ? null : (
        <Link to={PATHS.referrals} search={{ partnerId: undefined, open: lead.referralId }}>
          {t("lead.seeReferral")}
        </Link>
      )}
      {acts.length === 0 ? null : (
        <Group gap="sm">
          {acts.map((one) => (
            <Button key={one} variant={one === "accept" ? "filled" : "default"} onClick={() => setAct(one)}>
              {t(`lead.${one}`)}
            </Button>
          ))}
        </Group>
      )}
      <LeadEntries entries={lead.entries} />
      {may("leads:write") ? (
        <NoteOnLead
          hasInternal
          isBusy={note.isPending}
          error={note.error}
          onSubmit={(body, isInternal) => note.mutateAsync({ path: { id: lead.id }, body: { body, isInternal } })}
        />
      ) : null}
      {act ? <Decide key={act} act={act} lead={lead} onClose={() => setAct(undefined)} /> : null}
    </>
  );
}

function actsOf({ status, tie }: Detail, may: (scope: string) => boolean): Act[] {
  const isSettled = status === "won" && tie === "own";
  const isProtected = PROTECTED.includes(status) && !isSettled;
  const mine: Act[] = TO_DECIDE.includes(status) ? ["accept", "decline"] : isProtected ? ["renew", "decline"] : [];
  return [
    ...(tie === "elsewhere" && may("partners:write") ? (["give"] as const) : []),
    ...(may("leads:write") ? mine : []),
  ];
}

/** Whom the deal met. The other is opened in its place. */
function Conflict({ conflict }: { readonly conflict: Detail["conflict"] }) {
  const { change } = useUrlState();
  if (conflict === null) return null;
  const { kind, leadId } = conflict;
  return (
    <section className={classes.met} aria-label={t("lead.conflict")}>
      <h3>{t("lead.conflict")}</h3>
      <p>{t(`lead.conflict.${kind}`)}</p>
      {leadId === null ? null : (
        <Button variant="default" size="compact-sm" onClick={() => change({ open: leadId })}>
          {t("lead.seeOther")}
        </Button>
      )}
    </section>
  );
}

type DecideProps = { readonly act: Act; readonly lead: Detail; readonly onClose: () => void };

function Decide({ act, lead: { id, partnerId, referralId }, onClose }: DecideProps) {
  const settings = {
    touches: [...TOUCHES, "listAllReferrals"] as const,
    onDone: () => {
      toast(t(`lead.${act}.done`));
      onClose();
    },
  };
  const accept = useAct("acceptLead", settings);
  const decline = useAct("declineLead", settings);
  const renew = useAct("renewLeadFor", settings);
  const give = useAct("reattributeReferral", settings);
  const path = { id };
  const submit = (reason: string): void => {
    const noted = reason === "" ? {} : { note: reason };
    if (act === "accept") accept.mutate({ path, body: noted });
    else if (act === "renew") renew.mutate({ path, body: noted });
    else if (act === "decline") decline.mutate({ path, body: { reason } });
    else if (referralId !== null) give.mutate({ path: { id: referralId }, body: { partner: partnerId, reason } });
  };
  const isOptional = act === "accept" || act === "renew";
  const { isPending, error } = { accept, decline, renew, give }[act];
  return (
    <ReasonDialog
      title={t(`lead.${act}`)}
      effect={t(`lead.${act}.effect`)}
      act={t(`lead.${act}`)}
      label={isOptional ? t("lead.note") : t("field.reason")}
      isOpen
      onClose={onClose}
      onSubmit={submit}
      isBusy={isPending}
      error={error}
      isOptional={isOptional}
      isDestructive={act === "decline"}
    />
  );
}
