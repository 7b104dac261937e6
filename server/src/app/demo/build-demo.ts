import type { Sandbox } from "@tributary/sandbox";
import { DAY_MS } from "../../kernel/clock.ts";
import type { Ctx } from "../../platform/context.ts";
import type { Composition } from "../compose.ts";
import type { DemoAccess } from "./demo-access.ts";
import type { Stage, StagedPartner } from "./demo-stage.ts";
import { STORY_MONTHS, type StoryMonth, tellStory } from "./demo-story.ts";
import { stageCards } from "./stage-cards.ts";
import { stageCompliance } from "./stage-compliance.ts";
import { stageDesk } from "./stage-desk.ts";
import { stageFees } from "./stage-fees.ts";
import { stageGrowth } from "./stage-growth.ts";
import { stageMonth } from "./stage-month.ts";
import { stageBankFile, stageMethods, stagePayouts } from "./stage-payouts.ts";
import { chooseAccess, stageAccess, stageCast } from "./stage-people.ts";
import { stagePrivacy } from "./stage-privacy.ts";
import { stageSubOperator } from "./stage-sub-operator.ts";
import { stageTaxes } from "./stage-taxes.ts";
import { stageTrouble } from "./stage-trouble.ts";

export type BuildDemo = {
  readonly app: Composition;
  /** The operator's tenant, now. */
  readonly ctx: Ctx;
  readonly sandbox: Sandbox;
  /** What an earlier call came to. */
  readonly kept: DemoAccess | undefined;
  /** Called before the people of `logins` are made, once they can sign in, and after each month. */
  readonly onAccess: (access: DemoAccess) => void;
  readonly onProgress: (step: string, done: number, total: number) => void;
  /** The server is stopping: no further act begins, and the next start goes on there. */
  readonly signal: AbortSignal;
  /** Tells the months before a day, the same at every call; the demo's own story when not given. */
  readonly tell?: (end: Date) => readonly StoryMonth[];
};

/** A partner of the leads whose last transfer the provider refuses. */
const REFUSED_LEAD = "Tallybook";

/**
 * Builds the demo behind the running server: twelve months of a programme, told by the services themselves under a moved clock. Goes on where
 * an earlier call ended.
 */
export async function buildDemo(input: BuildDemo): Promise<void> {
  try {
    await tellAll(input);
  } catch (error) {
    if (!input.signal.aborted || error !== input.signal.reason) throw error;
  }
}

/** Throws the reason of the signal where it is aborted, between two acts. */
async function tellAll({
  app,
  ctx,
  sandbox,
  kept,
  onAccess,
  onProgress,
  signal,
  tell = tellStory,
}: BuildDemo): Promise<void> {
  const stage: Stage = { app, sandbox, at: (now) => ({ ...ctx, now }), signal };
  const total = STORY_MONTHS + 2;
  const end = kept === undefined ? startOfDay(ctx.now) : new Date(kept.storyEnd);
  const story = tell(end);
  const start = story[0]?.from ?? end;
  const beforeStart = new Date(start.getTime() - DAY_MS);

  onProgress("People", 0, total);
  let access = kept ?? chooseAccess(end);
  if (access.shopKey === null) {
    // Kept before anybody is made: an earlier build that was cut off here has made some of them, with these passwords.
    onAccess(access);
    access = await stageAccess(stage, access, beforeStart);
  }
  onAccess(access);
  signal.throwIfAborted();
  const cast = await stageCast(stage, { start: beforeStart, end });
  if (access.monthsBuilt === 0) await stageMethods(stage, cast, beforeStart);
  const byName = new Map(cast.map((partner) => [partner.cast.externalId, partner]));
  const refused = cast.find((partner) => partner.cast.company === REFUSED_LEAD);

  // The figures of a month are worked out beside the next. Where that fails they are with those of a later month, at last at the end.
  let rollingUp: Promise<unknown> = Promise.resolve();
  try {
    for (const [index, month] of story.entries()) {
      if (index < access.monthsBuilt) continue;
      signal.throwIfAborted();
      onProgress(`Month ${index + 1} of ${STORY_MONTHS}`, index + 1, total);
      await stageMonth(stage, byName, month);
      const isLast = index === story.length - 1;
      await stagePayouts(stage, cast, month.to, isLast && refused ? { refused } : {});
      // That of the last month is left to whoever looks at the demo.
      if (!isLast) await stageBankFile(stage, month.to);
      access = { ...access, monthsBuilt: index + 1 };
      onAccess(access);
      await rollingUp;
      rollingUp = app.analytics.rollUpAnalytics(ctx).catch(() => {});
    }
  } finally {
    await rollingUp;
  }
  onProgress("Open questions", total - 1, total);
  for (const act of OPEN_QUESTIONS) {
    signal.throwIfAborted();
    await act(stage, cast, end);
  }
  await app.analytics.rollUpAnalytics(ctx);
  onProgress("Done", total, total);
}

/** What the operator finds on the last day. Each passes over what an earlier build has told of it. */
const OPEN_QUESTIONS: readonly ((stage: Stage, cast: readonly StagedPartner[], end: Date) => Promise<void>)[] = [
  stageTrouble,
  stageCompliance,
  stageGrowth,
  stagePrivacy,
  stageFees,
  stageTaxes,
  stageDesk,
  stageCards,
  stageSubOperator,
];

const startOfDay = (instant: Date): Date => new Date(Math.floor(instant.getTime() / DAY_MS) * DAY_MS);
