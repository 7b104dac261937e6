import { Suspense, useEffect, useRef } from "react";
import { useUrlState } from "../../app/url-state.ts";
import { t } from "../../i18n/messages.ts";
import { Glyph, type GlyphName } from "../../ui/glyph.tsx";
import { Page } from "../../ui/page.tsx";
import { Skeleton } from "../../ui/skeleton.tsx";
import classes from "./start.module.css";
import { STEPS, type Step, type StepState } from "./steps.tsx";

type Shown = Exclude<StepState, "absent">;
const GLYPHS: Readonly<Record<Shown, GlyphName>> = { done: "done", now: "open", waiting: "half", later: "open" };

/** What stands between a new partner and its first payout, step by step; it goes on where the server knows it to be. */
export default function StartPage() {
  const { search, change } = useUrlState();
  // The list is fixed: every step asks what it needs, in the same order each time.
  const all = STEPS.map((step) => ({ step, state: step.useState() }));
  const shown = all.flatMap(({ step, state }) => (state === "absent" ? [] : [{ step, state }]));
  const states = shown.map(({ state }) => state);
  const first = ["now", "waiting"].map((wanted) => states.indexOf(wanted as Shown)).find((index) => index >= 0) ?? 0;
  const asked = shown.findIndex(({ step: { name } }) => name === search.tab);
  const at = asked >= 0 ? asked : first;
  const done = states.filter((state) => state === "done").length;
  const step = shown[at]?.step;
  // A step that is done makes way for the next: whoever goes on by the keyboard goes on there. Arriving, the page's own title is where one begins.
  const heading = useRef<HTMLHeadingElement>(null);
  const before = useRef<string>(undefined);
  const known = states.includes(undefined) ? undefined : step?.name;
  useEffect(() => {
    if (known === undefined) return;
    if (before.current !== undefined && before.current !== known) heading.current?.focus();
    before.current = known;
  }, [known]);
  return (
    <Page title={t("start.title")}>
      <p role="status">
        {states.every((state) => state === "done" || state === "later")
          ? t("start.allDone")
          : t("start.progress", { done, all: shown.length })}
      </p>
      <div className={classes.start}>
        <ol className={classes.rail}>
          {shown.map(({ step: one, state }, index) => (
            <RailItem
              key={one.name}
              step={one}
              number={index + 1}
              state={state}
              isOpen={index === at}
              onOpen={() => change({ tab: one.name }, { replace: false })}
            />
          ))}
        </ol>
        {step && !states.includes(undefined) ? (
          <div className={classes.step}>
            <h2 ref={heading} tabIndex={-1}>
              {t(step.title)}
            </h2>
            <Suspense fallback={<Skeleton />}>
              <step.page />
            </Suspense>
          </div>
        ) : (
          <Skeleton />
        )}
      </div>
    </Page>
  );
}

type RailItemProps = {
  readonly step: Step;
  readonly number: number;
  readonly state: Shown | undefined;
  readonly isOpen: boolean;
  readonly onOpen: () => void;
};

function RailItem({ step, number, state, isOpen, onOpen }: RailItemProps) {
  return (
    <li data-state={state}>
      <button type="button" className={classes.item} aria-current={isOpen ? "step" : undefined} onClick={onOpen}>
        <Glyph name={GLYPHS[state ?? "later"]} />
        <span>
          {number}. {t(step.title)}
          <span className={classes.state}>{t(`start.state.${state ?? "later"}`)}</span>
        </span>
      </button>
    </li>
  );
}
