import { useQuery } from "@tanstack/react-query";
import { Link, type LinkProps } from "@tanstack/react-router";
import { useMe } from "../../app/me.ts";
import { BASE, PATHS } from "../../app/paths.ts";
import { read } from "../../app/queries.ts";
import { t } from "../../i18n/messages.ts";
import { CopyButton } from "../../ui/copy-button.tsx";
import { Glyph } from "../../ui/glyph.tsx";
import { Panel } from "../../ui/panel.tsx";
import classes from "./home.module.css";

type Step = {
  readonly words: string;
  readonly isDone: boolean;
  readonly link: Pick<LinkProps, "to" | "search"> | undefined;
};

/** The feature that admits everybody. */
const OPEN = "partner-program";
const ONE = { query: { limit: 1 } } as const;

/** What a programme needs before its first partner, in order; nothing once somebody takes part and sales can be reported. */
export default function FirstSteps() {
  const { may } = useMe();
  const program = useQuery({ ...read("getProgram"), enabled: may("program:write") });
  const keys = useQuery({ ...read("listOperatorAPIKeys", ONE), enabled: may("keys:write") });
  const features = useQuery({ ...read("listFeatures"), enabled: may("flags:write") });
  const sources = useQuery({ ...read("listRevenueSources", ONE), enabled: may("transactions:read") });
  const partners = useQuery({ ...read("listPartners", ONE), enabled: may("partners:read") });
  if (!program.data || !keys.data || !features.data || !sources.data || !partners.data) return null;
  const hasPartners = partners.data.data.length > 0;
  const hasKey = keys.data.data.length > 0;
  if (hasPartners && hasKey) return null;
  const apply = `${location.origin}${BASE}${PATHS.register}`;
  const steps: readonly Step[] = [
    {
      words: t("firstSteps.links"),
      isDone: program.data.defaultDestination !== null,
      link: { to: PATHS.settings },
    },
    { words: t("firstSteps.plan"), isDone: hasPartners, link: { to: PATHS.plans } },
    { words: t("firstSteps.key"), isDone: hasKey, link: { to: PATHS.developers } },
    {
      words: t("firstSteps.billing"),
      isDone: sources.data.data.length > 0,
      link: { to: PATHS.settings, search: { tab: "sources" } },
    },
    {
      words: t("firstSteps.open"),
      isDone: features.data.data.some(({ key, isEnabled }) => key === OPEN && isEnabled),
      link: { to: PATHS.settings, search: { tab: "features" } },
    },
    { words: t("firstSteps.apply"), isDone: hasPartners, link: undefined },
  ];
  return (
    <Panel title={t("firstSteps.title")}>
      <ol className={classes.steps}>
        {steps.map(({ words, isDone, link }) => (
          <li key={words}>
            <span className={classes.step} data-done={isDone || undefined}>
              <Glyph name={isDone ? "done" : "open"} />
              {link ? <Link {...link}>{words}</Link> : <span>{words}</span>}
              {isDone ? <span className="visually-hidden">{t("start.state.done")}</span> : null}
            </span>
            {link ? null : <CopyButton text={apply} label={words} />}
          </li>
        ))}
      </ol>
      <p className={classes.apply} dir="ltr">
        {apply}
      </p>
    </Panel>
  );
}
