import type { components } from "@tributary/sdk";
import { t } from "../../i18n/messages.ts";
import { STEPS, stepOf } from "./batch-state.ts";
import classes from "./batch-steps.module.css";

/** The four steps of a batch; where it stands is marked. */
export function BatchSteps({ batch }: { readonly batch: components["schemas"]["PayoutBatch"] }) {
  const now = STEPS.indexOf(stepOf(batch));
  return (
    <ol className={classes.steps}>
      {STEPS.map((step, index) => (
        <li key={step} aria-current={index === now ? "step" : undefined} data-done={index < now || undefined}>
          {t(`batch.step.${step}`)}
        </li>
      ))}
    </ol>
  );
}
