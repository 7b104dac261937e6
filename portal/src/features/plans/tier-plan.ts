import type { components } from "@tributary/sdk";

export type TierPlan = components["schemas"]["TierPlan"];

/** What a part of a tier's form is given. */
export type TierFormProps = {
  readonly tier: TierPlan;
  readonly currency: string;
  /** The field that the server has refused, and why. */
  readonly refused?: { readonly name: string; readonly words: string } | undefined;
  /** What of the tier has changed. */
  readonly onChange: (changed: Partial<TierPlan>) => void;
  readonly onWrong: (field: string, isWrong: boolean) => void;
};
