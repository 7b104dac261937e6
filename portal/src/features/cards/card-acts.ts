import type { Output } from "@tributary/sdk";

export type Card = Output<"listCards">["data"][number];

/** What may be done with a card now. What the operator has suspended, it alone lets pay again; what has ended is final. */
export function cardActs({ state, isHeld }: Pick<Card, "state" | "isHeld">, isPartner: boolean) {
  const isThere = state === "active" || state === "suspended" || state === "unactivated";
  const mayActivate = (state === "suspended" || state === "unactivated") && !(isPartner && isHeld);
  return {
    /** The state that one press leads to. */
    to: state === "active" ? ("suspended" as const) : mayActivate ? ("active" as const) : undefined,
    mayLimit: isThere,
    mayEnd: isThere,
  };
}
