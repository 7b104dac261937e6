import { type Ctx, requireScope } from "../platform/context.ts";
import type { Tx } from "../platform/database/index.ts";
import { enqueue } from "../platform/jobs/index.ts";
import { isProven } from "../tenants/index.ts";
import {
  type CustomDomain,
  findDomain,
  findDueDomains,
  findLinkDomain,
  isAnothers,
  saveDomain,
  takeTurns,
} from "./domain-repository.ts";
import {
  type DnsFacts,
  type DomainProblem,
  outcomeOf,
  pauseBeforeCheck,
  problemsOf,
  stateAfter,
} from "./domain-rules.ts";
import { domainEvent } from "./look-events.ts";
import { TELL_DOMAIN_JOB } from "./tell-domain.ts";
import type { WhitelabelDeps } from "./whitelabel-deps.ts";

export const CHECK_DOMAIN_JOB = "whitelabel.check_domain";

/** DNS gave no answer: it is asked again without that having counted. */
const UNANSWERED_PAUSE_MS = 15 * 60_000;

/** Checks the domains of a tenant that are due: all are asked about at once, since a name server may take its time to say nothing. */
export const checkDueDomains =
  (deps: WhitelabelDeps) =>
  async (ctx: Ctx): Promise<void> => {
    const due = await deps.db.read(ctx, findDueDomains);
    const answers = await Promise.all(due.map(async (asked) => ({ asked, facts: await ask(deps, asked) })));
    for (const { asked, facts } of answers) await record(deps, ctx, asked, facts);
  };

/** Asks DNS about a domain and moves it on by what is found. */
export const checkDomain =
  (deps: WhitelabelDeps) =>
  async (ctx: Ctx, { domainId }: { readonly domainId: string }): Promise<void> => {
    requireScope(ctx, "program:write");
    const asked = await deps.db.read(ctx, (tx) => findDomain(tx, domainId));
    if (asked !== undefined) await record(deps, ctx, asked, await ask(deps, asked));
  };

/**
 * Asks DNS anew about the domain that links are made with, before one of them carries a token: whoever has registered it since the last check would
 * be sent what sets somebody's password. What was asked lately is not asked again.
 */
export const proveLinkHost =
  (deps: WhitelabelDeps) =>
  async (ctx: Ctx): Promise<void> => {
    const asked = await deps.db.read(ctx, findLinkDomain);
    if (asked !== undefined && !isProven(asked.checkedAt, ctx.now))
      await record(deps, ctx, asked, await ask(deps, asked));
  };

const ask = (deps: WhitelabelDeps, { domain }: CustomDomain): Promise<DnsFacts> =>
  deps.domainResolver.ask(domain, deps.domainTarget);

/** Writes down what was answered. A domain that was removed meanwhile stays so. */
const record = (deps: WhitelabelDeps, ctx: Ctx, asked: CustomDomain, facts: DnsFacts): Promise<void> =>
  deps.db.transaction(ctx, async (tx) => {
    await takeTurns(tx, asked.domain);
    const before = await findDomain(tx, asked.id);
    // Somebody else has asked and written down the answer meanwhile.
    if (before === undefined || before.checkedAt?.getTime() !== asked.checkedAt?.getTime()) return;
    const found = problemsOf(facts, { token: before.token, target: deps.domainTarget });
    const isTaken = found.length === 0 && (await isAnothers(tx, before.domain));
    const problems: DomainProblem[] = isTaken ? [{ code: "taken", found: [], expected: [] }] : found;
    await moveOn(deps, tx, before, problems);
  });

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
  await deps.outbox.publish(tx, [domainEvent("domain.state_changed", { ...before, state })]);
  await enqueue(tx, TELL_DOMAIN_JOB, { domain: before.domain, state });
}
