import { Checkbox, NumberInput } from "@mantine/core";
import "@mantine/core/styles/InlineInput.layer.css";
import "@mantine/core/styles/Checkbox.layer.css";
import "@mantine/core/styles/NumberInput.layer.css";
import { useQuery } from "@tanstack/react-query";
import type { Output } from "@tributary/sdk";
import { useState } from "react";
import { read, useAct } from "../../app/queries.ts";
import { t } from "../../i18n/messages.ts";
import { Form } from "../../ui/form.tsx";
import { Loaded } from "../../ui/loaded.tsx";
import { Panel } from "../../ui/panel.tsx";
import { toast } from "../../ui/toast.tsx";
import { unlessProof, useStepUp } from "./use-step-up.tsx";

type Rules = Output<"getSignInSettings">;
const ROLES = ["admin", "finance", "support", "partner"] as const;

/** Who must have a second factor, and by when. */
export function FactorRules() {
  const query = useQuery(read("getSignInSettings"));
  return (
    <Panel title={t("rule.factorTitle")}>
      <Loaded query={query}>{(rules) => <RulesForm rules={rules} />}</Loaded>
    </Panel>
  );
}

function RulesForm({ rules }: { readonly rules: Rules }) {
  const [roles, setRoles] = useState(rules.requiredRoles);
  const [days, setDays] = useState<number | string>(rules.graceDays);
  const { needsProof, dialog } = useStepUp();
  const save = useAct("changeSignInSettings", {
    touches: ["getSignInSettings", "getMe", "getFactors"],
    onDone: () => toast(t("settings.saved")),
  });
  const send = (): void =>
    save.mutate(
      { body: { requiredRoles: roles, graceDays: Number(days) } },
      { onError: (error) => void needsProof(error, send) },
    );
  return (
    <>
      <Form act={t("settings.save")} isBusy={save.isPending} error={unlessProof(save.error)} onSubmit={send}>
        <div>{t("rule.factorText")}</div>
        {ROLES.map((role) => (
          <Checkbox
            key={role}
            label={t(`role.${role}`)}
            checked={roles.includes(role)}
            onChange={(event) =>
              setRoles(event.currentTarget.checked ? [...roles, role] : roles.filter((other) => other !== role))
            }
          />
        ))}
        <NumberInput
          label={t("rule.factorGrace")}
          min={0}
          max={90}
          allowDecimal={false}
          hideControls
          value={days}
          onChange={setDays}
        />
      </Form>
      {dialog}
    </>
  );
}
