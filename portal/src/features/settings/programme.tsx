import { Checkbox, Group, NativeSelect, TextInput } from "@mantine/core";
import "@mantine/core/styles/Checkbox.layer.css";
import "@mantine/core/styles/InlineInput.layer.css";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import type { components } from "@tributary/sdk";
import { useState } from "react";
import { loadBrand } from "../../app/brand.ts";
import { useMe } from "../../app/me.ts";
import { read, useAct } from "../../app/queries.ts";
import { t } from "../../i18n/messages.ts";
import { Facts } from "../../ui/facts.tsx";
import { Form } from "../../ui/form.tsx";
import { Loaded } from "../../ui/loaded.tsx";
import { Panel } from "../../ui/panel.tsx";
import { toast } from "../../ui/toast.tsx";
import { ParentLimits } from "./parent-limits.tsx";

type Program = components["schemas"]["Program"];
const TIERS = ["tier1", "tier2", "tier3", "tier4"] as const;
const tierWords = (tier: string): string => t("tier.name", { tier: tier.replace("tier", "") });

/** What holds for the whole programme. */
export default function Programme() {
  const { may } = useMe();
  const program = useQuery(read("getProgram"));
  return (
    <Loaded query={program}>
      {(data) => (
        <>
          <Panel title={t("settings.programme")}>
            {may("program:write") ? <ProgrammeForm program={data} /> : <ProgrammeFacts program={data} />}
          </Panel>
          <ParentLimits />
        </>
      )}
    </Loaded>
  );
}

const ProgrammeFacts = ({ program }: { readonly program: Program }) => (
  <Facts
    facts={[
      [t("field.name"), <bdi key="n">{program.name}</bdi>],
      [t("settings.destination"), program.defaultDestination],
      [t("settings.hosts"), program.destinationHosts.join(", ") || null],
      [t("column.currency"), program.currency],
      [t("field.timeZone"), program.timeZone],
      [t("settings.attribution"), t(`attribution.${program.attributionModel}`)],
      [t("settings.verifiedEmail"), program.requiresVerifiedEmail ? t("yes") : t("no")],
      [t("settings.autoApproved"), program.autoApprovedTiers.map(tierWords).join(", ") || null],
    ]}
  />
);

/** The host of an address, with a port where it is not the usual one; nothing where it is none. */
const hostOf = (address: string): string => (URL.canParse(address) ? new URL(address).host : "");

function ProgrammeForm({ program }: { readonly program: Program }) {
  const [form, setForm] = useState({
    name: program.name,
    destination: program.defaultDestination ?? "",
    hosts: program.destinationHosts.join(", "),
    currency: program.currency,
    timeZone: program.timeZone,
  });
  const [model, setModel] = useState(program.attributionModel);
  const [requiresVerifiedEmail, setVerified] = useState(program.requiresVerifiedEmail);
  const [approved, setApproved] = useState<readonly string[]>(program.autoApprovedTiers);
  const client = useQueryClient();
  const save = useAct("updateProgram", {
    touches: ["getProgram"],
    onDone: () => {
      toast(t("settings.saved"));
      // As it was kept, in capitals.
      setForm((before) => ({ ...before, currency: before.currency.trim().toUpperCase() }));
      // The name stands beside every page.
      void loadBrand().then(() => client.invalidateQueries({ queryKey: ["getMe"] }));
    },
  });
  const text = (name: keyof typeof form, more: { description?: string; dir?: "ltr"; type?: string } = {}) => ({
    ...more,
    value: form[name],
    onChange: (event: React.ChangeEvent<HTMLInputElement>) => {
      const { value } = event.currentTarget;
      setForm((before) => ({ ...before, [name]: value }));
    },
  });
  const host = hostOf(form.destination);
  const typed = form.hosts.split(/[\s,]+/).filter(Boolean);
  const currency = form.currency.trim().toUpperCase();
  return (
    <Form
      act={t("settings.save")}
      isBusy={save.isPending}
      error={save.error}
      isReady={form.name.trim() !== "" && currency.length === 3 && form.timeZone.trim() !== ""}
      onSubmit={() =>
        save.mutate({
          body: {
            name: form.name.trim(),
            // Where links lead by default, they may lead.
            destinationHosts: [...new Set(host === "" ? typed : [...typed, host])],
            defaultDestination: form.destination.trim() || null,
            attributionModel: model,
            requiresVerifiedEmail,
            autoApprovedTiers: TIERS.filter((tier) => approved.includes(tier)),
            // Each would be a new version of the plan, or be refused once money is booked.
            ...(currency === program.currency ? {} : { currency }),
            ...(form.timeZone.trim() === program.timeZone ? {} : { timeZone: form.timeZone.trim() }),
          },
        })
      }
    >
      <TextInput label={t("field.name")} maxLength={100} {...text("name")} />
      <TextInput
        label={t("settings.destination")}
        {...text("destination", { description: t("settings.destinationText"), dir: "ltr", type: "url" })}
        placeholder="https://"
      />
      <TextInput
        label={t("settings.hosts")}
        {...text("hosts", { description: t("settings.hostsText"), dir: "ltr" })}
        placeholder={host}
      />
      <TextInput
        label={t("column.currency")}
        maxLength={3}
        {...text("currency", { description: t("settings.currencyText"), dir: "ltr" })}
      />
      <TextInput
        label={t("field.timeZone")}
        maxLength={64}
        list="time-zones"
        {...text("timeZone", { description: t("settings.timeZoneText"), dir: "ltr" })}
      />
      <datalist id="time-zones">
        {Intl.supportedValuesOf("timeZone").map((zone) => (
          <option key={zone} value={zone} />
        ))}
      </datalist>
      <NativeSelect
        label={t("settings.attribution")}
        description={t("settings.attributionText")}
        data={(["last", "first"] as const).map((value) => ({ value, label: t(`attribution.${value}`) }))}
        value={model}
        onChange={(event) => setModel(event.currentTarget.value as typeof model)}
      />
      <Checkbox.Group
        label={t("settings.autoApproved")}
        description={t("settings.autoApprovedText")}
        value={[...approved]}
        onChange={setApproved}
      >
        <Group gap="lg" mt="xs">
          {TIERS.map((tier) => (
            <Checkbox key={tier} value={tier} label={tierWords(tier)} />
          ))}
        </Group>
      </Checkbox.Group>
      <Checkbox
        label={t("settings.verifiedEmail")}
        description={t("settings.verifiedEmailText")}
        checked={requiresVerifiedEmail}
        onChange={(event) => setVerified(event.currentTarget.checked)}
      />
    </Form>
  );
}
