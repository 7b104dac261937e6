import { Button } from "@mantine/core";
import { useAct } from "../../app/queries.ts";
import { t } from "../../i18n/messages.ts";
import { Problem } from "../../ui/problem.tsx";
import { unlessProof, useStepUp } from "../security/use-step-up.tsx";
import { leaveForStripe } from "./leave-for-stripe.ts";

/** Goes on with an account at Stripe that misses something; its forms are reached by a link that is good once. */
export function FinishAtStripe() {
  const { needsProof, dialog } = useStepUp();
  const ask = useAct("updatePaymentMethod", { touches: ["getPaymentMethod"], onDone: leaveForStripe });
  const send = (): void =>
    ask.mutate({ body: { kind: "stripe_connect" } }, { onError: (error) => void needsProof(error, send) });
  const problem = unlessProof(ask.error);
  return (
    <>
      <p style={{ marginBlock: "1rem" }}>{t("method.stripeWaits")}</p>
      {problem ? <Problem error={problem} /> : null}
      <Button onClick={send} disabled={ask.isPending}>
        {ask.isPending ? t("state.working") : t("method.onboardingAct")}
      </Button>
      {dialog}
    </>
  );
}
