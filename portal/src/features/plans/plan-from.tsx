import type { components } from "@tributary/sdk";
import { t } from "../../i18n/messages.ts";
import { Moment } from "../../ui/moment.tsx";

type PlanFromProps = {
  readonly plan: Pick<components["schemas"]["CommissionPlanSummary"], "effectiveFrom" | "version">;
  readonly as?: "time";
};

/** Since when a version holds: the first one always has, a draft does not yet. */
export const PlanFrom = ({ plan: { effectiveFrom, version }, as }: PlanFromProps) =>
  effectiveFrom === null && version !== null ? (
    <>{t("plan.fromBeginning")}</>
  ) : (
    <Moment at={effectiveFrom} {...(as ? { as } : {})} />
  );
