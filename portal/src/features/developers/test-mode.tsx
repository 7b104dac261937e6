import { Button, Group, TextInput } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import type { Output } from "@tributary/sdk";
import { useState } from "react";
import { useMe } from "../../app/me.ts";
import { read, useAct, useList } from "../../app/queries.ts";
import { t } from "../../i18n/messages.ts";
import { ActButton } from "../../ui/act-button.tsx";
import { type Column, DataTable } from "../../ui/data-table.tsx";
import { Dialog } from "../../ui/dialog.tsx";
import { Empty } from "../../ui/empty.tsx";
import { Facts } from "../../ui/facts.tsx";
import { Loaded } from "../../ui/loaded.tsx";
import { Moment } from "../../ui/moment.tsx";
import { Panel } from "../../ui/panel.tsx";
import { Problem } from "../../ui/problem.tsx";
import classes from "../../ui/stack.module.css";
import { toast } from "../../ui/toast.tsx";

type Twin = NonNullable<Output<"getTestMode">["twin"]>;
type TestMail = Output<"listTestMails">["data"][number];

const TOUCHED = ["getTestMode", "listTestMails", "listOperatorAPIKeys"] as const;

/** A clock that is on its way is looked at again after this. */
const MOVING_MS = 2_000;

/** The programme again, where nothing is real: what time it is there, and what it would have mailed. */
export function TestMode() {
  const { may } = useMe();
  const state = useQuery({
    ...read("getTestMode"),
    refetchInterval: ({ state: { data } }) => (data?.twin?.movingTo ? MOVING_MS : false),
  });
  const make = useAct("makeTestTwin", { touches: TOUCHED });
  return (
    <>
      <Panel title={t("testMode.title")}>
        {make.error ? <Problem error={make.error} /> : null}
        <Loaded query={state} lines={4}>
          {({ twin }) =>
            twin === null ? (
              <Empty
                title={t("testMode.none")}
                text={t("testMode.noneText")}
                act={
                  may("test_mode:write") ? (
                    <Button size="compact-sm" disabled={make.isPending} onClick={() => make.mutate({})}>
                      {t("testMode.make")}
                    </Button>
                  ) : null
                }
              />
            ) : (
              <Shown twin={twin} />
            )
          }
        </Loaded>
      </Panel>
      {state.data?.twin ? (
        <Panel title={t("testMode.mails")} flush>
          <Mails />
        </Panel>
      ) : null}
    </>
  );
}

function Shown({ twin }: { readonly twin: Twin }) {
  const { may } = useMe();
  const [asked, setAsked] = useState<"move" | "remove">();
  const done = (): void => setAsked(undefined);
  const refresh = useAct("refreshTestTwin", { touches: TOUCHED, onDone: () => toast(t("testMode.refreshed")) });
  const remove = useAct("removeTestTwin", { touches: TOUCHED, onDone: done });
  return (
    <div className={classes.stack}>
      <p>{t("testMode.use")}</p>
      <Facts
        facts={[
          [t("testMode.now"), <Moment key="now" at={twin.now} as="time" />],
          twin.movingTo === null ? null : [t("testMode.moving"), <Moment key="to" at={twin.movingTo} as="time" />],
          [t("testMode.refreshedAt"), <Moment key="refreshed" at={twin.refreshedAt} as="time" />],
        ]}
      />
      <Group gap="sm">
        {may("test_clock:write") ? (
          <ActButton
            size="compact-sm"
            why={twin.movingTo === null ? null : t("testMode.isMoving")}
            onClick={() => setAsked("move")}
          >
            {t("testMode.move")}
          </ActButton>
        ) : null}
        {may("test_mode:write") ? (
          <>
            <Button size="compact-sm" variant="default" disabled={refresh.isPending} onClick={() => refresh.mutate({})}>
              {t("testMode.refresh")}
            </Button>
            <Button size="compact-sm" variant="default" onClick={() => setAsked("remove")}>
              {t("testMode.remove")}
            </Button>
          </>
        ) : null}
      </Group>
      {refresh.error ? <Problem error={refresh.error} /> : null}
      <MoveClock isOpen={asked === "move"} onClose={done} />
      <Dialog
        title={t("testMode.remove")}
        act={t("testMode.remove")}
        isOpen={asked === "remove"}
        onClose={done}
        isBusy={remove.isPending}
        error={remove.error}
        isDestructive
        onSubmit={() => remove.mutate({})}
      >
        <p>{t("testMode.removeEffect")}</p>
      </Dialog>
    </div>
  );
}

/** To the beginning of a day of UTC, which is where the clock stops on its way. */
function MoveClock({ isOpen, onClose }: { readonly isOpen: boolean; readonly onClose: () => void }) {
  const [day, setDay] = useState("");
  const move = useAct("moveTestClock", { touches: TOUCHED, onDone: onClose });
  return (
    <Dialog
      title={t("testMode.move")}
      act={t("testMode.move")}
      isOpen={isOpen}
      onClose={onClose}
      isBusy={move.isPending}
      error={move.error}
      isReady={day !== ""}
      onSubmit={() => move.mutate({ body: { to: `${day}T00:00:00Z` } })}
    >
      <p>{t("testMode.moveEffect")}</p>
      <TextInput
        type="date"
        label={t("testMode.to")}
        data-autofocus
        value={day}
        onChange={(event) => setDay(event.currentTarget.value)}
      />
    </Dialog>
  );
}

const MAIL_COLUMNS: readonly Column<TestMail>[] = [
  { id: "to", header: t("testMode.mailTo"), phone: "below", cell: (row) => <bdi>{row.to}</bdi> },
  { id: "subject", header: t("testMode.subject"), grow: true, phone: "start", cell: (row) => <bdi>{row.subject}</bdi> },
  { id: "at", header: t("testMode.mailAt"), phone: "end", cell: (row) => <Moment at={row.sentAt} as="time" /> },
];

/** What would have been mailed: nobody got it. */
function Mails() {
  const list = useList("listTestMails", { sort: "-sentAt" });
  return (
    <DataTable
      caption={t("testMode.mails")}
      columns={MAIL_COLUMNS}
      list={list}
      empty={<Empty title={t("testMode.noMails")} />}
    />
  );
}
