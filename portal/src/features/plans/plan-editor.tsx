import type { components } from "@tributary/sdk";
import { useEffect, useState } from "react";
import { useChanges } from "../../app/draft.ts";
import { useAct } from "../../app/queries.ts";
import { useUrlState } from "../../app/url-state.ts";
import { t } from "../../i18n/messages.ts";
import { ActButton } from "../../ui/act-button.tsx";
import { refusedField } from "../../ui/describe-error.ts";
import { Panel } from "../../ui/panel.tsx";
import { Problem } from "../../ui/problem.tsx";
import { Restored } from "../../ui/restored.tsx";
import { Tabs } from "../../ui/tabs.tsx";
import { toast } from "../../ui/toast.tsx";
import classes from "./plan-editor.module.css";
import { SimulatePlan } from "./simulate-plan.tsx";
import { placeInPlan, planFieldName } from "./tier-fields.ts";
import { TierForm } from "./tier-form.tsx";

type Plan = components["schemas"]["CommissionPlan"];
const TIERS = ["tier1", "tier2", "tier3", "tier4"] as const;

/**
 * A value as text that is the same for the same terms: what is nothing (0, an empty list) is left out, as the API leaves it out, and names stand in their
 * order.
 */
const canonical = (value: unknown): string =>
  JSON.stringify(value, (_name, part: unknown) => {
    if (part === 0 || (Array.isArray(part) && part.length === 0)) return undefined;
    if (typeof part !== "object" || part === null || Array.isArray(part)) return part;
    return Object.fromEntries(Object.entries(part).toSorted(([a], [b]) => (a < b ? -1 : 1)));
  });
const isSame = (typed: unknown, saved: unknown): boolean => canonical(typed) === canonical(saved);

type PlanEditorProps = { readonly plan: Plan; readonly onUnsaved: (isUnsaved: boolean) => void };

/**
 * A draft, tier by tier. Nothing is saved before the button says so, and a reload loses nothing; what it would cost can be tried before.
 */
export function PlanEditor({ plan, onUnsaved }: PlanEditorProps) {
  const { search, change } = useUrlState();
  const tier = TIERS.find((name) => name === search.tier) ?? "tier1";
  const typed = useChanges(`plan_${plan.id}`, { tiers: plan.tiers }, isSame);
  const { isChanged } = typed;
  const { tiers } = typed.value;
  /** How often it was begun anew: the fields hold what is typed, and are made afresh. */
  const [round, setRound] = useState(0);
  /** Fields that hold what cannot be read, by tier. */
  const [wrong, setWrong] = useState<ReadonlySet<string>>(new Set());
  const save = useAct("editPlan", {
    touches: ["getPlan", "listPlans"],
    onDone: () => toast(t("plan.saved")),
  });
  const isUnsaved = isChanged || wrong.size > 0;
  useEffect(() => onUnsaved(isUnsaved), [isUnsaved, onUnsaved]);
  const mark = (field: string, isWrong: boolean): void =>
    setWrong((before) => {
      const after = new Set(before);
      if (isWrong) after.add(field);
      else after.delete(field);
      return after;
    });
  const goToRefused = (error: unknown): void => {
    const place = placeInPlan(refusedField(error)?.path ?? "");
    if (place) change({ tier: place.tier });
  };
  const refused = refusedField(save.error);
  const refusedPlace = placeInPlan(refused?.path ?? "");
  const startOver = (): void => {
    typed.clear();
    setWrong(new Set());
    setRound(round + 1);
  };
  return (
    <>
      <Panel
        title={t("plan.edit")}
        aside={
          <ActButton
            size="compact-sm"
            why={
              save.isPending
                ? t("state.wait")
                : wrong.size > 0
                  ? t("plan.wrong", { count: wrong.size })
                  : isChanged
                    ? null
                    : t("plan.asSaved")
            }
            onClick={() => save.mutate({ path: { id: plan.id }, body: { tiers } }, { onError: goToRefused })}
          >
            {save.isPending ? t("state.working") : t("plan.save")}
          </ActButton>
        }
      >
        <div className={classes.editor}>
          <Restored draft={{ ...typed, clear: startOver }} />
          {save.error ? <Problem error={save.error} nameOf={planFieldName} /> : null}
          <p className={classes.state} role="status">
            {wrong.size > 0
              ? t("plan.wrong", { count: wrong.size })
              : isChanged
                ? t("plan.unsaved")
                : t("plan.asSaved")}
          </p>
          <Tabs
            tabs={TIERS.map((name) => [name, t("tier.name", { tier: name.replace("tier", "") })] as const)}
            value={tier}
            onChange={(to) => change({ tier: to })}
          />
          {/* Every tier's form stays, so that what is half typed in one is there when somebody comes back to it. */}
          {TIERS.map((name) => (
            <div key={`${name} ${round}`} hidden={name !== tier}>
              <TierForm
                tier={tiers[name]}
                currency={plan.currency}
                refused={refused && refusedPlace?.tier === name ? { ...refusedPlace, ...refused } : undefined}
                onChange={(changed) => {
                  // What was refused is not what stands there any more.
                  if (save.error) save.reset();
                  typed.change({ tiers: { ...tiers, [name]: { ...tiers[name], ...changed } } });
                }}
                onWrong={(field, isWrong) => mark(`${name}.${field}`, isWrong)}
              />
            </div>
          ))}
        </div>
      </Panel>
      <SimulatePlan tiers={tiers} />
    </>
  );
}
