import { Button, Group } from "@mantine/core";
import type { components } from "@tributary/sdk";
import { useState } from "react";
import { useMe } from "../../app/me.ts";
import { useAct } from "../../app/queries.ts";
import { t } from "../../i18n/messages.ts";
import { ReasonDialog } from "../../ui/reason-dialog.tsx";
import { toast } from "../../ui/toast.tsx";
import classes from "./screening.module.css";

const TOUCHES = ["getScreeningCase", "listScreeningCases", "getScreening"] as const;
const VERDICTS = ["clear", "confirm"] as const;
type Act = (typeof VERDICTS)[number] | "reopen";

/** What this person may decide of a case: the same word of a second person is needed. */
export function CaseDecision({ found }: { readonly found: components["schemas"]["ScreeningCaseDetail"] }) {
  const { may, user } = useMe();
  const [act, setAct] = useState<Act>();
  const settings = {
    touches: TOUCHES,
    onDone: () => {
      setAct(undefined);
      toast(t("screening.kept"));
    },
  };
  const vote = useAct("voteOnScreeningCase", settings);
  const reopen = useAct("reopenScreeningCase", settings);
  if (!may("compliance:decide")) return null;
  const { id, round, status } = found;
  const isDecided = status === "cleared" || status === "confirmed";
  const mine = found.votes.findLast(({ userId, isCurrent }) => isCurrent && userId === user.id);
  const running = act === "reopen" ? reopen : vote;
  return (
    <>
      {mine && !isDecided ? (
        <p className={classes.note}>{t("screening.yours", { verdict: t(`screening.verdict.${mine.verdict}`) })}</p>
      ) : null}
      <Group gap="sm">
        {isDecided ? (
          <Button variant="default" onClick={() => setAct("reopen")}>
            {t("screening.reopen")}
          </Button>
        ) : (
          VERDICTS.map((verdict) => (
            <Button key={verdict} variant="default" onClick={() => setAct(verdict)}>
              {t(`screening.act.${verdict}`)}
            </Button>
          ))
        )}
      </Group>
      {act ? (
        <ReasonDialog
          key={act}
          title={t(`screening.act.${act}`)}
          effect={t(`screening.effect.${act}`)}
          act={t(`screening.act.${act}`)}
          isOpen
          onClose={() => setAct(undefined)}
          isBusy={running.isPending}
          error={running.error}
          isDestructive={act === "confirm"}
          onSubmit={(reason) =>
            act === "reopen"
              ? reopen.mutate({ path: { id }, body: { reason } })
              : vote.mutate({ path: { id }, body: { verdict: act, reason, round } })
          }
        />
      ) : null}
    </>
  );
}
