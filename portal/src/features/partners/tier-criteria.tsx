import type { components } from "@tributary/sdk";
import { t } from "../../i18n/messages.ts";
import classes from "./tier-criteria.module.css";

type Eligibility = components["schemas"]["TierChange"]["eligibility"];
type Criterion = Eligibility["criteria"][number];

function criterionWords({ name, minimum, actual }: Criterion): string {
  if (name === "qualifiedReferrals") return t("upgrade.paying", { actual: actual ?? 0, minimum: minimum ?? 0 });
  return t(`upgrade.asks.${name as "setupFee"}`);
}

/** What a tier asks for and how the partner stands to each; of an agreement or a fee only the team can tell. */
export function TierCriteria({ eligibility: { criteria } }: { readonly eligibility: Eligibility }) {
  if (criteria.length === 0) return <>{t("upgrade.asksNothing")}</>;
  return (
    <ul className={classes.criteria}>
      {criteria.map((one) => (
        <li key={one.name}>
          {criterionWords(one)},{" "}
          <span>{t(one.isMet === null ? "upgrade.yours" : one.isMet ? "upgrade.met" : "upgrade.unmet")}</span>
        </li>
      ))}
    </ul>
  );
}
