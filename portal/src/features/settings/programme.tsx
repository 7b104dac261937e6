import { TextInput } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import type { components } from "@tributary/sdk";
import { useState } from "react";
import { useMe } from "../../app/me.ts";
import { read, useAct } from "../../app/queries.ts";
import { t } from "../../i18n/messages.ts";
import { Facts } from "../../ui/facts.tsx";
import { Form } from "../../ui/form.tsx";
import { Loaded } from "../../ui/loaded.tsx";
import { Panel } from "../../ui/panel.tsx";
import { toast } from "../../ui/toast.tsx";

export default function Programme() {
  const { may } = useMe();
  const program = useQuery(read("getProgram"));
  return (
    <Loaded query={program}>
      {(data) => (
        <>
          <Panel title={t("settings.programme")}>
            <Facts
              facts={[
                [t("column.currency"), data.currency],
                [t("field.timeZone"), data.timeZone],
                [t("settings.attribution"), t(`attribution.${data.attributionModel}`)],
                [t("settings.verifiedEmail"), data.requiresVerifiedEmail ? t("yes") : t("no")],
                [
                  t("settings.autoApproved"),
                  data.autoApprovedTiers.map((tier) => t("tier.name", { tier: tier.replace("tier", "") })).join(", ") ||
                    "—",
                ],
              ]}
            />
          </Panel>
          {may("program:write") ? (
            <Panel title={t("settings.change")}>
              <ProgrammeForm program={data} />
            </Panel>
          ) : null}
        </>
      )}
    </Loaded>
  );
}

function ProgrammeForm({ program }: { readonly program: components["schemas"]["Program"] }) {
  const [name, setName] = useState(program.name);
  const [hosts, setHosts] = useState(program.destinationHosts.join(", "));
  const [destination, setDestination] = useState(program.defaultDestination ?? "");
  const save = useAct("updateProgram", { touches: ["getProgram", "getMe"], onDone: () => toast(t("settings.saved")) });
  return (
    <Form
      act={t("settings.save")}
      isBusy={save.isPending}
      error={save.error}
      onSubmit={() =>
        save.mutate({
          body: {
            name,
            destinationHosts: hosts.split(/[\s,]+/).filter(Boolean),
            defaultDestination: destination || null,
          },
        })
      }
    >
      <TextInput
        label={t("field.name")}
        maxLength={100}
        value={name}
        onChange={(event) => setName(event.currentTarget.value)}
      />
      <TextInput
        label={t("settings.hosts")}
        description={t("settings.hostsText")}
        dir="ltr"
        value={hosts}
        onChange={(event) => setHosts(event.currentTarget.value)}
      />
      <TextInput
        label={t("settings.destination")}
        type="url"
        dir="ltr"
        value={destination}
        onChange={(event) => setDestination(event.currentTarget.value)}
      />
    </Form>
  );
}
