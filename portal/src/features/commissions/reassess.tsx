import { Button, Textarea } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import type { Output } from "@tributary/sdk";
import { useState } from "react";
import { Allowed } from "../../app/allowed.tsx";
import { read, useAct } from "../../app/queries.ts";
import { t } from "../../i18n/messages.ts";
import { Amount } from "../../ui/amount.tsx";
import { Dialog } from "../../ui/dialog.tsx";
import { Figures } from "../../ui/figures.tsx";
import { Loaded } from "../../ui/loaded.tsx";
import { ShortId } from "../../ui/short-id.tsx";
import { toast } from "../../ui/toast.tsx";
import classes from "./reassess.module.css";
import { clauseWords } from "./rule-words.ts";

type Difference = Output<"previewReassessment">;
type Correction = Difference["corrections"][number];

/** What is shown of a long difference; its totals are of all. */
const SHOWN_MAX = 20;

/** What an entry does, and by which rule of the plan. */
const entryWords = ({ kind, rule }: Correction): string =>
  [t(`reassess.kind.${kind}`), ...(rule === null ? [] : [clauseWords(rule.replace(/\..*/, ""))])].join(": ");

/** Assesses what a partner earned again: the difference is shown, and exactly that is booked. */
export function Reassess({ partnerId }: { readonly partnerId: string }) {
  const [isOpen, setOpen] = useState(false);
  return (
    <Allowed scope="commissions:write">
      <Button size="compact-sm" variant="default" onClick={() => setOpen(true)}>
        {t("reassess.act")}
      </Button>
      {isOpen ? <ReassessDialog partnerId={partnerId} onClose={() => setOpen(false)} /> : null}
    </Allowed>
  );
}

function ReassessDialog({ partnerId, onClose }: { readonly partnerId: string; readonly onClose: () => void }) {
  const [reason, setReason] = useState("");
  // Each time it is opened, for what differs is of this moment.
  const preview = useQuery({
    ...read("previewReassessment", { body: { partnerId } }),
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: 0,
  });
  const book = useAct("reassessCommissions", {
    touches: ["getCommissionSummaryFor", "listAllCommissions", "getAnyCommission", "getPartnerTimeline"],
    onDone: () => {
      toast(t("reassess.done"));
      onClose();
    },
  });
  const shown = preview.data;
  const differs = (shown?.correctionCount ?? 0) > 0;
  return (
    <Dialog
      title={t("reassess.act")}
      act={t("reassess.book")}
      isOpen
      onClose={onClose}
      isBusy={book.isPending}
      error={book.error}
      isReady={differs && !preview.isFetching && reason.trim() !== ""}
      onSubmit={() =>
        book.mutate(
          { body: { partnerId, reason: reason.trim(), fingerprint: shown?.fingerprint ?? "" } },
          // It may be another difference by now: that is shown, and what was typed stays.
          { onError: () => void preview.refetch() },
        )
      }
    >
      <p>{t("reassess.effect")}</p>
      <Loaded query={preview}>
        {(difference) =>
          difference.correctionCount === 0 ? (
            <p role="status">{t("reassess.nothing")}</p>
          ) : (
            <>
              <Shown difference={difference} />
              <Textarea
                label={t("field.reason")}
                autosize
                minRows={2}
                maxLength={2000}
                value={reason}
                onChange={(event) => setReason(event.currentTarget.value)}
              />
            </>
          )
        }
      </Loaded>
    </Dialog>
  );
}

function Shown({ difference: { corrections, correctionCount, totals } }: { readonly difference: Difference }) {
  const rows = corrections.slice(0, SHOWN_MAX);
  return (
    <div role="status">
      <Figures
        figures={totals.map(({ amount, currency }) => ({
          label: t("reassess.difference"),
          value: <Amount minor={amount} currency={currency} />,
        }))}
      />
      <ol className={classes.entries} aria-label={t("reassess.entries")}>
        {rows.map((row, index) => (
          <li key={index}>
            <span>{entryWords(row)}</span>
            <span>{row.referralId === null ? null : <ShortId id={row.referralId} />}</span>
            <Amount minor={row.amount} currency={row.currency} />
          </li>
        ))}
      </ol>
      {correctionCount > rows.length ? <p>{t("reassess.more", { count: correctionCount - rows.length })}</p> : null}
    </div>
  );
}
