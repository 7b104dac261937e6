import { NativeSelect } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import type { components } from "@tributary/sdk";
import { lazy, Suspense, useState } from "react";
import { Allowed } from "../../app/allowed.tsx";
import { read, useAct } from "../../app/queries.ts";
import { t } from "../../i18n/messages.ts";
import { Form } from "../../ui/form.tsx";
import { Loaded } from "../../ui/loaded.tsx";
import { Panel } from "../../ui/panel.tsx";
import { toast } from "../../ui/toast.tsx";
import { Terms } from "../partners/terms.tsx";

const OwnSubOperator = lazy(() => import("../sub-operators/own-sub-operator.tsx"));

type Profile = components["schemas"]["PartnerProfile"];
const TIERS = ["tier1", "tier2", "tier3", "tier4"] as const;
const tierWords = (tier: string): string => t("tier.name", { tier: tier.replace("tier", "") });

/** What holds for the partner who looks, and the way to another tier. */
export default function OwnTerms() {
  const profile = useQuery(read("getPartnerProfile"));
  return (
    <Loaded query={profile}>
      {(data) => (
        <>
          <Panel title={t("terms.title")}>
            <Terms terms={data.terms} />
          </Panel>
          {data.terms.features.includes("full_branding") ? (
            <Suspense>
              <OwnSubOperator />
            </Suspense>
          ) : null}
          {data.status === "active" ? (
            <Panel title={t("upgrade.title")}>
              <Allowed scope="own:profile:write" isExplained>
                <AskForTier key={data.tier} profile={data} />
              </Allowed>
            </Panel>
          ) : null}
        </>
      )}
    </Loaded>
  );
}

function AskForTier({ profile: { tier, openUpgrade } }: { readonly profile: Profile }) {
  const others = TIERS.filter((one) => one !== tier);
  const [wanted, setWanted] = useState<(typeof TIERS)[number]>(others[0] ?? "tier1");
  const ask = useAct("upgradeTier", {
    touches: ["getPartnerProfile"],
    onDone: () => toast(t("upgrade.asked")),
  });
  if (openUpgrade) return <p>{t("upgrade.waits", { tier: openUpgrade.toTier.replace("tier", "") })}</p>;
  return (
    <>
      <p>{t("upgrade.text")}</p>
      <Form
        act={t("upgrade.ask")}
        isBusy={ask.isPending}
        error={ask.error}
        isQuiet
        onSubmit={() => ask.mutate({ body: { tier: wanted } })}
      >
        <NativeSelect
          label={t("column.tier")}
          data={others.map((value) => ({ value, label: tierWords(value) }))}
          value={wanted}
          onChange={(event) => setWanted(event.currentTarget.value as typeof wanted)}
        />
      </Form>
    </>
  );
}
