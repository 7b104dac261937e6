import { Textarea } from "@mantine/core";
import { Link } from "@tanstack/react-router";
import type { Output } from "@tributary/sdk";
import { useState } from "react";
import { useMe } from "../../app/me.ts";
import { PATHS } from "../../app/paths.ts";
import { useAct, useList } from "../../app/queries.ts";
import { useUrlState } from "../../app/url-state.ts";
import { type MessageKey, t } from "../../i18n/messages.ts";
import { Amount } from "../../ui/amount.tsx";
import { Empty } from "../../ui/empty.tsx";
import { FilterBar } from "../../ui/filter-bar.tsx";
import { Form } from "../../ui/form.tsx";
import { Moment } from "../../ui/moment.tsx";
import { More } from "../../ui/more.tsx";
import { Problem } from "../../ui/problem.tsx";
import { Skeleton } from "../../ui/skeleton.tsx";
import { toast } from "../../ui/toast.tsx";
import classes from "./timeline.module.css";

type Entry = Output<"getPartnerTimeline">["data"][number];
const KINDS = ["note", "act", "payout", "reversal", "dispute", "ticket", "invoice"] as const;
const FILTERS = [
  { name: "kind", label: t("column.type"), options: KINDS.map((kind) => [kind, t(`timeline.${kind}`)] as const) },
];
const PLACES = {
  payout: { to: PATHS.payouts, search: { tab: "all" } },
  reversal: { to: PATHS.commissions, search: {} },
  dispute: { to: PATHS.disputes, search: {} },
  ticket: { to: PATHS.support, search: {} },
  invoice: { to: PATHS.fees, search: {} },
} as const;
const AT_ONCE = 50;

/** Everything that happened to or with a partner in one line, and what the team writes down about it. */
export function Timeline({ partnerId }: { readonly partnerId: string }) {
  const { may } = useMe();
  const { search, change } = useUrlState();
  const list = useList(
    "getPartnerTimeline",
    { kind: search.kind },
    { pageSize: AT_ONCE, path: { id: partnerId }, isKeptWhole: true },
  );
  return (
    <div className={classes.part}>
      {may("partners:note") ? <NewNote partnerId={partnerId} /> : null}
      <FilterBar filters={FILTERS} values={{ kind: search.kind }} onChange={change} />
      {list.error ? <Problem error={list.error} retry={list.retry} /> : null}
      {list.isPending ? <Skeleton /> : null}
      {!list.isPending && list.rows.length === 0 ? <Empty title={t("partner.noTimeline")} /> : null}
      <ol className={classes.timeline}>
        {list.rows.map((entry) => (
          <TimelineItem key={entry.id} entry={entry} partnerId={partnerId} />
        ))}
      </ol>
      <More list={list} />
    </div>
  );
}

/** The words of an act in the trail, or the state that something came to; what has none is said by its code. */
function wordsOf({ kind, what }: Entry): string {
  if (kind === "note") return t("timeline.noteWritten");
  if (kind === "act") {
    const key = `audit.${what}` as MessageKey;
    const words = t(key);
    return words === key ? what : words;
  }
  if (kind === "reversal") return t("timeline.taken");
  const key = `timeline.${kind}.${what}` as MessageKey;
  const words = t(key);
  return words === key ? t(`status.${kind as "payout"}.${what as "failed"}`) : words;
}

function TimelineItem({ entry, partnerId }: { readonly entry: Entry; readonly partnerId: string }) {
  const { may } = useMe();
  const words = wordsOf(entry);
  const place = entry.objectId === null ? undefined : PLACES[entry.kind as keyof typeof PLACES];
  const by = entry.actorName ?? (entry.actorType ? t(`actor.${entry.actorType as "user"}`) : null);
  return (
    <li data-kind={entry.kind}>
      <span className={classes.when}>
        <Moment at={entry.at} as="time" />
      </span>
      <div className={classes.what}>
        <p>
          {place ? (
            <Link to={place.to} search={{ ...place.search, open: entry.objectId ?? "" }}>
              {words}
            </Link>
          ) : (
            <span>{words}</span>
          )}{" "}
          {entry.amount === null || entry.currency === null ? null : (
            <Amount minor={entry.amount} currency={entry.currency} />
          )}{" "}
          {by ? <bdi className={classes.quiet}>{t("timeline.by", { who: by })}</bdi> : null}
        </p>
        {entry.text ? <bdi className={classes.text}>{entry.text}</bdi> : null}
        {entry.kind === "note" && may("partners:note") ? <RemoveNote id={partnerId} noteId={entry.id} /> : null}
      </div>
    </li>
  );
}

function NewNote({ partnerId }: { readonly partnerId: string }) {
  const [body, setBody] = useState("");
  const write = useAct("writePartnerNote", {
    touches: ["getPartnerTimeline"],
    onDone: () => {
      setBody("");
      toast(t("note.written"));
    },
  });
  return (
    <Form
      act={t("note.write")}
      isQuiet
      isBusy={write.isPending}
      error={write.error}
      isReady={body.trim() !== ""}
      onSubmit={() => write.mutate({ path: { id: partnerId }, body: { body: body.trim() } })}
    >
      <Textarea
        label={t("note.label")}
        description={t("note.text")}
        autosize
        minRows={2}
        maxLength={10_000}
        value={body}
        onChange={(event) => setBody(event.currentTarget.value)}
      />
    </Form>
  );
}

function RemoveNote({ id, noteId }: { readonly id: string; readonly noteId: string }) {
  const remove = useAct("removePartnerNote", {
    touches: ["getPartnerTimeline"],
    onDone: () => toast(t("note.removed")),
  });
  return (
    <>
      <button
        type="button"
        className={classes.remove}
        disabled={remove.isPending}
        onClick={() => remove.mutate({ path: { id, noteId } })}
      >
        {t("note.remove")}
      </button>
      {remove.error ? <Problem error={remove.error} /> : null}
    </>
  );
}
