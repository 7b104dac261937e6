import type { Output } from "@tributary/sdk";
import { t } from "../../i18n/messages.ts";
import { countryName } from "../../ui/countries.ts";
import { Facts } from "../../ui/facts.tsx";
import { formatPercent } from "../../ui/numbers.ts";

type LimitFactsProps = {
  readonly limits: Pick<Output<"getProgramLimits">, "maxPartners" | "maxRate" | "currencies" | "countries">;
  /** Partners that count against the limit. */
  readonly partners: number;
};

/** What a programme may do at most, as the operator above has set it. */
export function LimitFacts({ limits, partners }: LimitFactsProps) {
  const orNone = (value: string | number | null) => (value === null ? t("subOperator.noLimit") : String(value));
  return (
    <Facts
      facts={[
        [t("subOperator.maxPartners"), t("subOperator.used", { used: partners, of: orNone(limits.maxPartners) })],
        [t("subOperator.maxRate"), orNone(limits.maxRate === null ? null : formatPercent(limits.maxRate))],
        [t("subOperator.currencies"), orNone(limits.currencies?.join(", ") ?? null)],
        [t("subOperator.countries"), orNone(limits.countries?.map(countryName).join(", ") ?? null)],
      ]}
    />
  );
}
