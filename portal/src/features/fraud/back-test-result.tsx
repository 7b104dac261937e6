import type { components } from "@tributary/sdk";
import { t } from "../../i18n/messages.ts";
import { Facts } from "../../ui/facts.tsx";
import { Panel } from "../../ui/panel.tsx";
import classes from "./fraud.module.css";
import { ruleWords } from "./fraud-words.ts";

/** What rules would have done of the last months. */
export function BackTestResult({ result }: { readonly result: components["schemas"]["FraudBackTest"] }) {
  const found = result.rules.filter((rule) => rule.found > 0);
  return (
    <Panel title={t("fraud.backTest")}>
      <Facts
        facts={[
          [t("fraud.evaluated"), result.evaluated],
          [t("fraud.wouldReview"), result.review],
          [t("fraud.wouldHold"), result.hold],
          [t("fraud.newlyHeld"), result.newlyHeld],
          [t("fraud.partnersHeld"), result.partnersHeld],
          [t("fraud.refusedHeld"), t("fraud.ofAll", { part: result.refusedHeld, whole: result.refused })],
          [t("fraud.clearedHeld"), t("fraud.ofAll", { part: result.clearedHeld, whole: result.cleared })],
        ]}
      />
      {found.length > 0 ? (
        <ul className={classes.rows}>
          {found.map(({ rule, found: times, decisive }) => (
            <li key={rule}>
              <span>{ruleWords(rule)}</span>
              <span>{t("fraud.times", { times, decisive })}</span>
            </li>
          ))}
        </ul>
      ) : null}
    </Panel>
  );
}
