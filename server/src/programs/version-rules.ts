import type { PlanState } from "./plan-schema.ts";
import { planErrors } from "./program-errors.ts";

/** When a published version comes into force; null is the beginning of time. */
type Dated = { readonly version: number; readonly effectiveFrom: Date | null };

const hasBegun = (plan: Dated, at: Date): boolean => plan.effectiveFrom === null || plan.effectiveFrom <= at;

/** The version in force: the highest of those whose day has come. Undefined where there is none, which a programme with a first version never meets. */
export const planInForce = <Plan extends Dated>(plans: readonly Plan[], at: Date): Plan | undefined =>
  plans
    .filter((plan) => hasBegun(plan, at))
    .reduce<Plan | undefined>(
      (highest, plan) => (highest === undefined || plan.version > highest.version ? plan : highest),
      undefined,
    );

/** The version in force, then those that will come into force, by number: one that a higher one overtakes never does. */
export function plansFrom<Plan extends Dated>(plans: readonly Plan[], at: Date): readonly Plan[] {
  const current = planInForce(plans, at);
  const isOvertaken = (plan: Plan): boolean =>
    plans.some(
      (other) => other.version > plan.version && plan.effectiveFrom !== null && hasBegun(other, plan.effectiveFrom),
    );
  const later = plans
    .filter((plan) => plan.version > (current?.version ?? 0) && !isOvertaken(plan))
    .toSorted((a, b) => a.version - b.version);
  return current === undefined ? later : [current, ...later];
}

/** Where a version stands among the published ones. */
export function planState(plan: { readonly version: number | null }, published: readonly Dated[], at: Date): PlanState {
  if (plan.version === null) return "draft";
  if (plan.version === planInForce(published, at)?.version) return "in_force";
  return plansFrom(published, at).some(({ version }) => version === plan.version) ? "scheduled" : "superseded";
}

/** Every version that was in force at some time from `from` on until `to`. */
export function plansSince<Plan extends Dated>(plans: readonly Plan[], from: Date, to: Date): readonly Plan[] {
  const begun = plans.flatMap(({ effectiveFrom }) =>
    effectiveFrom !== null && effectiveFrom > from && effectiveFrom <= to ? [effectiveFrom] : [],
  );
  return [...new Set([from, ...begun].flatMap((at) => planInForce(plans, at) ?? []))];
}

type PublicationQuestion = {
  readonly draft: { readonly version: number | null; readonly currency: string };
  readonly program: { readonly currency: string; readonly timeZone: string };
  readonly highestVersion: number;
  readonly effectiveFrom: Date;
  readonly isRetroactive: boolean;
  readonly at: Date;
};

/** How a draft is published: under which number, from when. Throws the catalogue error of what forbids it. */
export function decidePublication(question: PublicationQuestion) {
  const { program, highestVersion, effectiveFrom, isRetroactive, at } = question;
  requirePublishable(question);
  if (effectiveFrom < at) throw planErrors.effective_in_past({ field: "effectiveFrom" });
  if (isRetroactive && effectiveFrom > at) throw planErrors.retroactive_is_immediate({ field: "effectiveFrom" });
  return { version: highestVersion + 1, timeZone: program.timeZone, effectiveFrom, isRetroactive };
}

/** The same of a draft that is to hold from a date in the past. */
export function decideBackdating(question: Omit<PublicationQuestion, "isRetroactive">): { readonly version: number } {
  requirePublishable(question);
  if (question.effectiveFrom >= question.at) throw planErrors.not_backdated({ field: "effectiveFrom" });
  return { version: question.highestVersion + 1 };
}

function requirePublishable({ draft, program }: Pick<PublicationQuestion, "draft" | "program">): void {
  if (draft.version !== null) throw planErrors.already_published();
  if (draft.currency !== program.currency)
    throw planErrors.currency_mismatch({ draft: draft.currency, program: program.currency });
}
