import type { components } from "@tributary/sdk";

/** Whether payouts wait, or may come to wait, for a form that a partner has not signed. No payout waits where the programme does not ask. */
export const isFormDue = ({
  state,
  payoutsWait,
}: Pick<components["schemas"]["OwnTax"], "state" | "payoutsWait">): boolean =>
  state !== "valid" && state !== "expiring" && payoutsWait !== "never";
