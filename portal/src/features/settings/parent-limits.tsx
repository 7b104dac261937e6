import { useQuery } from "@tanstack/react-query";
import { read } from "../../app/queries.ts";
import { t } from "../../i18n/messages.ts";
import { Panel } from "../../ui/panel.tsx";
import { LimitFacts } from "../sub-operators/limit-facts.tsx";

/** What the operator above allows a programme that lies below another; of one that has nobody above, nothing is shown. */
export function ParentLimits() {
  const { data } = useQuery(read("getProgramLimits"));
  if (data === undefined) return null;
  const { maxPartners, maxRate, currencies, countries } = data;
  if ([maxPartners, maxRate, currencies, countries].every((limit) => limit === null)) return null;
  return (
    <Panel title={t("settings.parentLimits")}>
      <LimitFacts limits={data} partners={data.partners} />
    </Panel>
  );
}
