import { Checkbox, TextInput } from "@mantine/core";
import "@mantine/core/styles/Checkbox.layer.css";
import "@mantine/core/styles/InlineInput.layer.css";
import { useQuery } from "@tanstack/react-query";
import type { components } from "@tributary/sdk";
import { useState } from "react";
import { read, useAct } from "../../app/queries.ts";
import { t } from "../../i18n/messages.ts";
import { Form } from "../../ui/form.tsx";
import { Loaded } from "../../ui/loaded.tsx";
import { Panel } from "../../ui/panel.tsx";
import { toast } from "../../ui/toast.tsx";

type Settings = components["schemas"]["LeadSettings"];
const NUMBERS = ["protectionDays", "renewalsMax", "reminderDays"] as const;

/** For how long deals are protected. */
export function LeadSettings() {
  const query = useQuery(read("getLeadSettings"));
  return (
    <Panel title={t("leads.protection")}>
      <Loaded query={query}>{(settings) => <SettingsForm settings={settings} />}</Loaded>
    </Panel>
  );
}

function SettingsForm({ settings }: { readonly settings: Settings }) {
  const [typed, setTyped] = useState(
    Object.fromEntries(NUMBERS.map((name) => [name, String(settings[name])])) as Record<
      (typeof NUMBERS)[number],
      string
    >,
  );
  const [acceptsAtOnce, setAcceptsAtOnce] = useState(settings.acceptsAtOnce);
  const save = useAct("changeLeadSettings", {
    touches: ["getLeadSettings"],
    onDone: () => toast(t("settings.saved")),
  });
  const isWhole = (text: string): boolean => /^\d{1,3}$/.test(text.trim());
  return (
    <Form
      act={t("leads.saveProtection")}
      isBusy={save.isPending}
      error={save.error}
      isReady={NUMBERS.every((name) => isWhole(typed[name]))}
      onSubmit={() =>
        save.mutate({
          body: {
            protectionDays: Number(typed.protectionDays),
            renewalsMax: Number(typed.renewalsMax),
            reminderDays: Number(typed.reminderDays),
            acceptsAtOnce,
          },
        })
      }
    >
      {NUMBERS.map((name) => (
        <TextInput
          key={name}
          label={t(`leads.${name}`)}
          description={t(`leads.${name}.text`)}
          inputMode="numeric"
          dir="ltr"
          maxLength={3}
          error={isWhole(typed[name]) ? null : t("leads.notANumber")}
          value={typed[name]}
          onChange={(event) => setTyped({ ...typed, [name]: event.currentTarget.value })}
        />
      ))}
      <Checkbox
        label={t("leads.acceptsAtOnce")}
        description={t("leads.acceptsAtOnce.text")}
        checked={acceptsAtOnce}
        onChange={(event) => setAcceptsAtOnce(event.currentTarget.checked)}
      />
    </Form>
  );
}
