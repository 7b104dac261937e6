import { Checkbox, TextInput } from "@mantine/core";
import "@mantine/core/styles/Checkbox.layer.css";
import "@mantine/core/styles/InlineInput.layer.css";
import type { components } from "@tributary/sdk";
import { useState } from "react";
import { useAct } from "../../app/queries.ts";
import { t } from "../../i18n/messages.ts";
import { namedCountries } from "../../ui/countries.ts";
import { Dialog } from "../../ui/dialog.tsx";
import { toast } from "../../ui/toast.tsx";
import { NoList } from "./no-list.tsx";

type Props = { readonly state: components["schemas"]["Screening"]; readonly onClose: () => void };

/** Turns screening on, and says how old a list may be and how alike names have to be. */
export function ScreeningSettings({ state: { settings, list }, onClose }: Props) {
  const [isEnabled, setEnabled] = useState(settings.isEnabled);
  const [age, setAge] = useState(String(settings.listMaxAgeDays));
  const [alertAt, setAlertAt] = useState(String(settings.alertAt));
  const [countries, setCountries] = useState(settings.blockedCountries.join(" "));
  const change = useAct("changeScreening", {
    touches: ["getScreening"],
    onDone: () => {
      onClose();
      toast(t("screening.changed"));
    },
  });
  const numbers = [Number(age), Number(alertAt)];
  return (
    <Dialog
      title={t("screening.settings")}
      act={t("screening.save")}
      isOpen
      onClose={onClose}
      isBusy={change.isPending}
      error={change.error}
      isReady={numbers.every((number) => number > 0)}
      onSubmit={() =>
        change.mutate({
          body: {
            isEnabled,
            listMaxAgeDays: Number(age),
            alertAt: Number(alertAt),
            blockedCountries: countries
              .toUpperCase()
              .split(/[\s,]+/)
              .filter(Boolean),
          },
        })
      }
    >
      <Checkbox
        label={t("screening.isEnabled")}
        description={t("screening.isEnabledText")}
        checked={isEnabled}
        onChange={(event) => setEnabled(event.currentTarget.checked)}
      />
      {isEnabled && list === null ? <NoList /> : null}
      <TextInput
        label={t("screening.maxAge")}
        inputMode="numeric"
        value={age}
        onChange={(event) => setAge(event.currentTarget.value)}
      />
      <TextInput
        label={t("screening.alertAt")}
        description={t("screening.alertAtText")}
        inputMode="decimal"
        dir="ltr"
        value={alertAt}
        onChange={(event) => setAlertAt(event.currentTarget.value)}
      />
      <TextInput
        label={t("screening.countries")}
        description={[t("screening.countriesText"), namedCountries(countries)].filter(Boolean).join(" ")}
        dir="ltr"
        value={countries}
        onChange={(event) => setCountries(event.currentTarget.value)}
      />
    </Dialog>
  );
}
