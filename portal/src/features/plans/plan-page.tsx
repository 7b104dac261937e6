import { useQuery } from "@tanstack/react-query";
import { useParams } from "@tanstack/react-router";
import { useState } from "react";
import { useMe } from "../../app/me.ts";
import { PATHS } from "../../app/paths.ts";
import { read } from "../../app/queries.ts";
import { t } from "../../i18n/messages.ts";
import { Facts } from "../../ui/facts.tsx";
import { Loaded } from "../../ui/loaded.tsx";
import { Moment } from "../../ui/moment.tsx";
import { Page } from "../../ui/page.tsx";
import { Panel } from "../../ui/panel.tsx";
import { Status } from "../../ui/status.tsx";
import { BackdatePlan } from "./backdate-plan.tsx";
import { DraftPlan } from "./draft-plan.tsx";
import { PlanEditor } from "./plan-editor.tsx";
import { PlanFrom } from "./plan-from.tsx";
import { PlanTiers } from "./plan-tiers.tsx";
import { PublishPlan } from "./publish-plan.tsx";
import { SimulatePlan } from "./simulate-plan.tsx";

/** One version of the rules, tier beside tier; a draft can be tried on what happened, and published. */
export default function PlanPage() {
  const { id } = useParams({ from: PATHS.plan });
  const { may } = useMe();
  const plan = useQuery(read("getPlan", { path: { id } }));
  const [isUnsaved, setUnsaved] = useState(false);
  const { data } = plan;
  const title = data?.version == null ? t("plan.draft") : t("plan.version", { version: data.version });
  return (
    <Page
      title={title}
      status={data ? <Status of="plan" code={data.state} soft /> : null}
      acts={
        data === undefined ? null : data.state === "draft" ? (
          <>
            <BackdatePlan plan={data} isUnsaved={isUnsaved} />
            <PublishPlan plan={data} isUnsaved={isUnsaved} />
          </>
        ) : (
          <DraftPlan tiers={data.tiers} />
        )
      }
    >
      <Loaded query={plan} lines={8}>
        {(loaded) => (
          <>
            <Panel>
              <Facts
                facts={[
                  [t("column.currency"), loaded.currency],
                  [t("field.timeZone"), loaded.timeZone],
                  [t("plan.from"), <PlanFrom key="f" plan={loaded} as="time" />],
                  [t("plan.retroactive"), loaded.isRetroactive ? t("yes") : t("no")],
                  [t("plan.published"), <Moment key="p" at={loaded.publishedAt} as="time" />],
                ]}
              />
            </Panel>
            <Panel title={t("plan.tiers")} flush>
              <PlanTiers plan={loaded} />
            </Panel>
            {loaded.state === "draft" && may("program:write") ? (
              <PlanEditor key={loaded.id} plan={loaded} onUnsaved={setUnsaved} />
            ) : (
              <SimulatePlan tiers={loaded.tiers} />
            )}
          </>
        )}
      </Loaded>
    </Page>
  );
}
