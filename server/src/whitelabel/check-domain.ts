import { type Ctx, requireScope } from "../platform/context.ts";
import type { Tx } from "../platform/database/index.ts";
import { enqueue } from "../platform/jobs/index.ts";
import {
  type CustomDomain,
  findDomain,
  findDueDomains,
  isAnothers,
  saveDomain,
  takeTurns,
} from "./domain-repository.ts";
import { type DomainProblem, outcomeOf, pauseBeforeCheck, problemsOf, stateAfter } from "./domain-rules.ts";
import { TELL_DOMAIN_JOB } from "./tell-domain.ts";
import type { WhitelabelDeps } from "./whitelabel-deps.ts";

export const CHECK_DOMAIN_JOB = "whitelabel.check_domain";

/** Domains of one tenant that are checked in one wake; the others wait for the next. */
const BATCH = 20;
/** DNS gave no answer: it is asked again without that having counted. */
const UNANSWERED_PAUSE_MS = 15 * 60_000;

/** Checks the domains of a tenant that are due. */
export const checkDueDomains =
  (deps: WhitelabelDeps) =>
  async (ctx: Ctx): Promise<void> => {
    const due = await deps.db.read(ctx, (tx) => findDueDomains(tx, BATCH));
    for (const domainId of due) await checkDomain(deps)(ctx, { domainId });
  };

/** Asks DNS about a domain and moves it on by what is found. A domain that was removed meanwhile stays so. */
export const checkDomain =
  (deps: WhitelabelDeps) =>
  async (ctx: Ctx, { domainId }: { readonly domainId: string }): Promise<void> => {
    requireScope(ctx, "program:write");
    const asked = await deps.db.read(ctx, (tx) => findDomain(tx, domainId));
    if (asked === undefined) return;
    const facts = await deps.domainResolver.ask(asked.domain, deps.domainTarget);
    await deps.db.transaction(ctx, async (tx) => {
      await takeTurns(tx, asked.domain);
      const before = await findDomain(tx, domainId);
      // Somebody else has asked and written down the answer meanwhile.
      if (before === undefined || before.checkedAt?.getTime() !== asked.checkedAt?.getTime()) return;
      const found = problemsOf(facts, { token: before.token, target: deps.domainTarget });
      const isTaken = found.length === 0 && (await isAnothers(tx, before.domain));
      const problems: DomainProblem[] = isTaken ? [{ code: "taken", found: [], expected: [] }] : found;
      await moveOn(deps, tx, before, problems);
    });
  };

async function moveOn(
  deps: WhitelabelDeps,
  tx: Tx,
  before: CustomDomain,
  problems: readonly DomainProblem[],
): Promise<void> {
  const { now } = tx.ctx;
  const outcome = outcomeOf(problems);
  const state = stateAfter(before.state, outcome, { since: before.stateSince, now });
  const failures = outcome === "good" ? 0 : before.failures + (outcome === "bad" ? 1 : 0);
  const pauseMs = pauseBeforeCheck(state, failures);
  const isSooner = outcome === "unanswered" && pauseMs !== null && pauseMs > UNANSWERED_PAUSE_MS;
  await saveDomain(tx, {
    ...before,
    state,
    stateSince: state === before.state ? before.stateSince : now,
    problems,
    failures,
    checkedAt: now,
    nextCheckAt: pauseMs === null ? null : new Date(now.getTime() + (isSooner ? UNANSWERED_PAUSE_MS : pauseMs)),
  });
  if (state === before.state) return;
  await deps.audit.record(tx, "domain.checked", {
    targetType: "domain",
    targetId: before.id,
    before: { state: before.state },
    after: { state, problems: problems.map(({ code }) => code) },
  });
  await enqueue(tx, TELL_DOMAIN_JOB, { domain: before.domain, state });
}
