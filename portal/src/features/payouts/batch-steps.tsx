import type { components } from "@tributary/sdk";
import { t } from "../../i18n/messages.ts";
import { progressOf, STEPS } from "./batch-state.ts";
import classes from "./batch-steps.module.css";

/** The four steps of a batch: those behind it, and where it stands. */
export function BatchSteps({ batch }: { readonly batch: components["schemas"]["PayoutBatch"] }) {
  const { done, goesOn } = progressOf(batch);
  return (
    <ol className={classes.steps}>
      {STEPS.map((step, index) => (
        <li
          key={step}
          aria-current={goesOn && index === done ? "step" : undefined}
          data-done={index < done || undefined}
        >
          {t(`batch.step.${step}`)}
        </li>
      ))}
    </ol>
  );
}
