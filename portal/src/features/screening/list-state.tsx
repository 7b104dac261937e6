import { Button } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import type { components } from "@tributary/sdk";
import { useState } from "react";
import { useMe } from "../../app/me.ts";
import { read } from "../../app/queries.ts";
import { t } from "../../i18n/messages.ts";
import { Facts } from "../../ui/facts.tsx";
import { Loaded } from "../../ui/loaded.tsx";
import { Moment } from "../../ui/moment.tsx";
import { formatCount } from "../../ui/numbers.ts";
import { Panel } from "../../ui/panel.tsx";
import { Status } from "../../ui/status.tsx";
import { EarlierLists } from "./earlier-lists.tsx";
import { NoList } from "./no-list.tsx";
import classes from "./screening.module.css";
import { ScreeningSettings } from "./screening-settings.tsx";

type State = components["schemas"]["Screening"];

/** Whether partners are compared, with which list, and until when it clears anybody. */
export function ListState() {
  const { may } = useMe();
  const [isOpen, setOpen] = useState(false);
  const query = useQuery(read("getScreening"));
  return (
    <Panel
      title={t("screening.list")}
      aside={
        may("compliance:write") ? (
          <Button variant="default" onClick={() => setOpen(true)} disabled={query.data === undefined}>
            {t("screening.settings")}
          </Button>
        ) : null
      }
    >
      <Loaded query={query}>{(state) => <Shown state={state} />}</Loaded>
      {query.data?.list === null ? <NoList /> : null}
      {query.data?.list ? (
        <details className={classes.lists}>
          <summary>{t("screening.lists")}</summary>
          <EarlierLists />
        </details>
      ) : null}
      {isOpen && query.data ? <ScreeningSettings state={query.data} onClose={() => setOpen(false)} /> : null}
    </Panel>
  );
}

const codeOf = ({ settings, list }: State): string => {
  if (!settings.isEnabled) return "off";
  if (list === null) return "none";
  return list.isStale ? "stale" : "on";
};

function Shown({ state }: { readonly state: State }) {
  const { list } = state;
  return (
    <Facts
      facts={[
        [t("screening.state"), <Status key="s" of="screeningList" code={codeOf(state)} soft />],
        list === null
          ? [t("screening.version"), t("screening.noList")]
          : [
              t("screening.version"),
              t("screening.versionOf", { version: String(list.version), entries: formatCount(list.entries) }),
            ],
        list === null ? null : [t("screening.asOf"), <Moment key="a" at={list.asOf} as="time" />],
        list === null ? null : [t("screening.clearsUntil"), <Moment key="u" at={list.staleFrom} as="time" />],
      ]}
    />
  );
}
