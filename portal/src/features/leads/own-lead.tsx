import { Button, Group } from "@mantine/core";
import type { components } from "@tributary/sdk";
import { useState } from "react";
import { Allowed } from "../../app/allowed.tsx";
import { useAct } from "../../app/queries.ts";
import { t } from "../../i18n/messages.ts";
import { Problem } from "../../ui/problem.tsx";
import { ReasonDialog } from "../../ui/reason-dialog.tsx";
import { toast } from "../../ui/toast.tsx";
import { LeadEntries } from "./lead-entries.tsx";
import { LeadHead } from "./lead-head.tsx";
import { leadStatusWords } from "./lead-status.tsx";
import { NoteOnLead } from "./note-on-lead.tsx";

type Detail = components["schemas"]["LeadDetail"];
const TOUCHES = ["getLead", "listLeads"] as const;
const STAGES = ["contacted", "qualified", "proposal", "won"] as const;
const PROTECTED: readonly string[] = ["accepted", ...STAGES];
const ENDED: readonly string[] = ["lost", "declined", "expired"];

/** A deal as its partner works on it. */
export function OwnLead({ lead, renewalsMax }: { readonly lead: Detail; readonly renewalsMax: number }) {
  const { id, status, tie, renewals } = lead;
  const [isLosing, setLosing] = useState(false);
  const move = useAct("changeLead", {
    touches: TOUCHES,
    onDone: () => {
      setLosing(false);
      toast(t("lead.moved"));
    },
  });
  const renew = useAct("renewLead", { touches: TOUCHES, onDone: () => toast(t("lead.renewed")) });
  const note = useAct("noteOnLead", { touches: TOUCHES, onDone: () => toast(t("lead.noted")) });
  const isOver = ENDED.includes(status) || (status === "won" && tie === "own");
  const isProtected = PROTECTED.includes(status) && !isOver;
  const isBusy = move.isPending || renew.isPending;
  return (
    <>
      <LeadHead lead={lead} isPartner />
      {isOver ? null : (
        <Allowed scope="own:leads:write" isExplained>
          <Group gap="sm">
            {isProtected
              ? STAGES.filter((stage) => stage !== status).map((stage) => (
                  <Button
                    key={stage}
                    variant="default"
                    disabled={isBusy}
                    onClick={() => move.mutate({ path: { id }, body: { status: stage } })}
                  >
                    {leadStatusWords(stage)}
                  </Button>
                ))
              : null}
            {isProtected && renewals < renewalsMax ? (
              <Button variant="default" disabled={isBusy} onClick={() => renew.mutate({ path: { id }, body: {} })}>
                {t("lead.renew")}
              </Button>
            ) : null}
            <Button variant="default" disabled={isBusy} onClick={() => setLosing(true)}>
              {t("lead.lose")}
            </Button>
          </Group>
        </Allowed>
      )}
      {(move.error && !isLosing) || renew.error ? <Problem error={move.error ?? renew.error ?? new Error()} /> : null}
      <LeadEntries entries={lead.entries} />
      {isOver ? null : (
        <Allowed scope="own:leads:write">
          <NoteOnLead
            isBusy={note.isPending}
            error={note.error}
            onSubmit={(body) => note.mutateAsync({ path: { id }, body: { body } })}
          />
        </Allowed>
      )}
      <ReasonDialog
        title={t("lead.lose")}
        effect={t("lead.loseEffect")}
        act={t("lead.lose")}
        isOpen={isLosing}
        onClose={() => setLosing(false)}
        onSubmit={(reason) => move.mutate({ path: { id }, body: { status: "lost", reason } })}
        isBusy={move.isPending}
        error={move.error}
        isDestructive
      />
    </>
  );
}
