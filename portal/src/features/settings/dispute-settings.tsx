import { useQuery } from "@tanstack/react-query";
import type { Output } from "@tributary/sdk";
import { useState } from "react";
import { useMe } from "../../app/me.ts";
import { read, useAct } from "../../app/queries.ts";
import { t } from "../../i18n/messages.ts";
import { Facts } from "../../ui/facts.tsx";
import { Form } from "../../ui/form.tsx";
import { Loaded } from "../../ui/loaded.tsx";
import { Panel } from "../../ui/panel.tsx";
import { CountField, type Parsed } from "../../ui/parsed-field.tsx";
import { toast } from "../../ui/toast.tsx";

const NAMES = ["answerDays", "partnerDays", "reminderDays"] as const;
type Settings = Output<"getDisputeSettings">;

/** How long each side has to answer in a dispute, and when it is reminded. */
export default function DisputeSettings() {
  const { may } = useMe();
  const settings = useQuery(read("getDisputeSettings"));
  return (
    <Panel title={t("settings.disputes")}>
      <Loaded query={settings}>
        {(data) =>
          may("program:write") ? (
            <SettingsForm settings={data} />
          ) : (
            <Facts
              facts={NAMES.map((name) => [t(`disputes.${name}`), t("terms.days", { count: data[name] })] as const)}
            />
          )
        }
      </Loaded>
    </Panel>
  );
}

function SettingsForm({ settings }: { readonly settings: Settings }) {
  const [days, setDays] = useState<Readonly<Record<(typeof NAMES)[number], Parsed>>>(settings);
  const save = useAct("changeDisputeSettings", {
    touches: ["getDisputeSettings"],
    onDone: () => toast(t("settings.saved")),
  });
  return (
    <Form
      act={t("settings.save")}
      isBusy={save.isPending}
      error={save.error}
      isReady={NAMES.every((name) => days[name] != null)}
      onSubmit={() => save.mutate({ body: days as Settings })}
    >
      {NAMES.map((name) => (
        <CountField
          key={name}
          label={t(`disputes.${name}`)}
          description={t(`disputes.${name}.text`)}
          least={1}
          most={365}
          isRequired
          initial={settings[name]}
          onChange={(value) => setDays((before) => ({ ...before, [name]: value }))}
        />
      ))}
    </Form>
  );
}
