import { NativeSelect } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import type { Output } from "@tributary/sdk";
import { useState } from "react";
import { Allowed } from "../../app/allowed.tsx";
import { read, useAct } from "../../app/queries.ts";
import { t } from "../../i18n/messages.ts";
import { Form } from "../../ui/form.tsx";
import { Loaded } from "../../ui/loaded.tsx";
import { Panel } from "../../ui/panel.tsx";
import { toast } from "../../ui/toast.tsx";
import classes from "./own-notices.module.css";

type Preference = Output<"getNoticePreferences">["data"][number];
const DELIVERIES = ["at_once", "daily", "weekly", "off"] as const;

/** Which news come by mail, and how often. What is about money in danger always comes at once. */
export default function OwnNotices() {
  const preferences = useQuery(read("getNoticePreferences"));
  return (
    <Panel title={t("settings.notices")}>
      <Loaded query={preferences} lines={8}>
        {({ data }) => (
          <>
            <Allowed scope="own:profile:write" isExplained>
              <NoticesForm preferences={data} />
            </Allowed>
            <section className={classes.always} aria-label={t("notices.always")}>
              <h3>{t("notices.always")}</h3>
              <ul>
                {data
                  .filter(({ isAlways }) => isAlways)
                  .map(({ kind }) => (
                    <li key={kind}>{t(`notice.${kind}`)}</li>
                  ))}
              </ul>
            </section>
          </>
        )}
      </Loaded>
    </Panel>
  );
}

function NoticesForm({ preferences }: { readonly preferences: readonly Preference[] }) {
  const [chosen, setChosen] = useState<Readonly<Partial<Record<Preference["kind"], Preference["delivery"]>>>>({});
  const save = useAct("chooseNoticePreferences", {
    touches: ["getNoticePreferences"],
    onDone: () => {
      setChosen({});
      toast(t("settings.saved"));
    },
  });
  const free = preferences.filter(({ isAlways }) => !isAlways);
  const changed = preferences.filter(({ kind, delivery }) => (chosen[kind] ?? delivery) !== delivery);
  return (
    <Form
      act={t("settings.save")}
      isBusy={save.isPending}
      error={save.error}
      isReady={changed.length > 0}
      onSubmit={() =>
        save.mutate({
          body: { preferences: changed.map(({ kind, delivery }) => ({ kind, delivery: chosen[kind] ?? delivery })) },
        })
      }
    >
      <p style={{ color: "var(--ink-2)" }}>{t("notices.text")}</p>
      {free.map(({ kind, delivery }) => (
        <NativeSelect
          key={kind}
          className={classes.choice}
          label={t(`notice.${kind}`)}
          data={DELIVERIES.map((value) => ({ value, label: t(`delivery.${value}`) }))}
          value={chosen[kind] ?? delivery}
          onChange={(event) => setChosen({ ...chosen, [kind]: event.currentTarget.value as Preference["delivery"] })}
        />
      ))}
    </Form>
  );
}
