import { Button } from "@mantine/core";
import { useQueryClient } from "@tanstack/react-query";
import type { components } from "@tributary/sdk";
import { useRef, useState } from "react";
import { api } from "../../app/api.ts";
import { t } from "../../i18n/messages.ts";
import { ActButton } from "../../ui/act-button.tsx";
import { describeError } from "../../ui/describe-error.ts";
import { ReasonDialog } from "../../ui/reason-dialog.tsx";
import classes from "./bulk-acts.module.css";

type Partner = components["schemas"]["Partner"];
type Act = "approve" | "suspend" | "reactivate";
type Result = { readonly partner: Partner; readonly refusal: string | null };

const ACTS = {
  approve: { from: "pending", call: api.approvePartner },
  suspend: { from: "active", call: api.suspendPartner },
  reactivate: { from: "suspended", call: api.reactivatePartner },
} as const;

type BulkActsProps = {
  readonly partners: readonly Partner[];
  readonly onMark: (ids: ReadonlySet<string>) => void;
};

const nameOf = ({ companyName, name, referralCode }: Partner): string => companyName ?? name ?? referralCode;

/** The same act for several partners: one after another, each with its own outcome. Those that were refused stay marked. */
export function BulkActs({ partners, onMark }: BulkActsProps) {
  const client = useQueryClient();
  const [asked, setAsked] = useState<Act>();
  const [done, setDone] = useState<readonly Result[]>([]);
  const [isBusy, setBusy] = useState(false);
  // A key for each partner, kept while the dialog is open: what was done already is not done twice.
  const keys = useRef(new Map<string, string>());
  const fitting = asked ? partners.filter(({ status }) => status === ACTS[asked].from) : [];

  const run = async (reason: string): Promise<void> => {
    if (asked === undefined) return;
    setBusy(true);
    const results: Result[] = [];
    for (const partner of fitting) {
      const idempotencyKey = keys.current.get(partner.id) ?? crypto.randomUUID();
      keys.current.set(partner.id, idempotencyKey);
      try {
        const body = { from: ACTS[asked].from, ...(reason && { reason }) };
        await ACTS[asked].call({ path: { id: partner.id }, body } as never, { idempotencyKey });
        results.push({ partner, refusal: null });
      } catch (error) {
        const { title, detail } = describeError(error);
        results.push({ partner, refusal: detail ? `${title}: ${detail}` : title });
      }
      setDone([...results]);
    }
    await client.invalidateQueries({ queryKey: ["listPartners"] });
    onMark(new Set(results.filter(({ refusal }) => refusal !== null).map(({ partner }) => partner.id)));
    keys.current.clear();
    setBusy(false);
    setAsked(undefined);
  };

  return (
    <>
      {partners.length > 0 ? (
        <div className={classes.bar} role="region" aria-label={t("bulk.title")}>
          <span role="status">{t("bulk.marked", { count: partners.length })}</span>
          {(Object.keys(ACTS) as Act[]).map((act) => {
            const count = partners.filter(({ status }) => status === ACTS[act].from).length;
            return (
              <ActButton
                key={act}
                variant="default"
                size="compact-sm"
                why={count === 0 ? t("bulk.none") : null}
                onClick={() => {
                  setDone([]);
                  setAsked(act);
                }}
              >
                {t(`bulk.${act}`, { count })}
              </ActButton>
            );
          })}
          <Button variant="subtle" size="compact-sm" onClick={() => onMark(new Set())}>
            {t("bulk.clear")}
          </Button>
        </div>
      ) : null}
      {done.length > 0 ? (
        <ul className={classes.results} role="status" aria-label={t("bulk.results")}>
          {done.map(({ partner, refusal }) => (
            <li key={partner.id} data-refused={refusal !== null || undefined}>
              <bdi>{nameOf(partner)}</bdi>: {refusal ?? t("bulk.done")}
            </li>
          ))}
        </ul>
      ) : null}
      {asked ? (
        <ReasonDialog
          title={t(`bulk.${asked}`, { count: fitting.length })}
          act={t(`bulk.${asked}`, { count: fitting.length })}
          effect={t(`partner.${asked}.effect`)}
          isOptional={asked !== "suspend"}
          isDestructive={asked === "suspend"}
          isOpen
          onClose={() => setAsked(undefined)}
          isBusy={isBusy}
          error={null}
          onSubmit={(reason) => void run(reason)}
        />
      ) : null}
    </>
  );
}
