import { HOUR_MS } from "../kernel/clock.ts";
import { findPartnerOfUser } from "../partners/index.ts";
import type { Ctx } from "../platform/context.ts";
import type { Tx } from "../platform/database/index.ts";
import { enqueue } from "../platform/jobs/index.ts";
import type { Closed } from "../platform/personal-data.ts";
import { type Erasure, findDeferred, findErasure, isOpen, lockErasure, updateErasure } from "./erasure-repository.ts";
import { certify, type Hindrance, isAccountOpen, moneyHindrances, paymentHindrances } from "./erasure-rules.ts";
import { getSubject, type Subject, subjectOf } from "./find-subjects.ts";
import { isHeld } from "./hold-repository.ts";
import type { PrivacyDeps } from "./privacy-deps.ts";
import { privacyErrors } from "./privacy-errors.ts";
import { erasureEvent } from "./privacy-events.ts";
import { type ErasedNotice, TELL_ERASED_JOB, toldContext } from "./tell-erased.ts";

/**
 * Joins a transaction: erases the person of a wish that is decided, or notes what stands in the way and leaves it for later. All of it commits
 * or nothing. The locks come first, in the order of everybody: sequence, accounts, then the wish; so what is read of the money stays true.
 */
export async function carryOut(
  deps: PrivacyDeps,
  tx: Tx,
  erasureId: string,
  { isDecision = false }: { readonly isDecision?: boolean } = {},
): Promise<Erasure> {
  const wish = await findErasure(tx, erasureId);
  if (wish === undefined) throw privacyErrors.erasure_not_found();
  const subject = await getSubject(tx, wish.userId);
  const hindrances = await findHindrances(deps, tx, subject);
  // Of two who ask at once the second waits here, and finds that it is done.
  const now = await lockErasure(tx, erasureId);
  if (now.status === "done") return now;
  if (!isOpen(now)) throw privacyErrors.erasure_wrong_state({ status: now.status });
  if (hindrances.length > 0) {
    const deferred = await updateErasure(tx, erasureId, { status: "deferred", isDecision, hindrances });
    if (isDecision) await record(deps, tx, "privacy.erasure_deferred", deferred, { hindrances });
    return deferred;
  }

  // First, and from the top down: what lives by the person is found by what is erased below.
  const ended: Closed[] = [];
  for (const source of deps.sources.toReversed())
    ended.unshift(...((await source.close?.(tx, subjectOf(subject))) ?? []));
  const done: Parameters<typeof certify>[0][number][] = [];
  // From the top down: what is found by an e-mail or a name goes before the e-mail and the name do.
  for (const source of deps.sources.toReversed()) {
    const found = (await source.collect(tx, subjectOf(subject))).length;
    done.unshift({ source, found, rows: await source.erase(tx, subjectOf(subject)) });
  }
  const certificate = certify(done, ended);
  const { email, language } = subject;
  const erased = await updateErasure(tx, erasureId, {
    status: "done",
    isDecision,
    hindrances: [],
    certificate,
    ...(email !== null && { toldSealed: deps.sealer.seal(email, toldContext(erasureId)) }),
  });
  await record(deps, tx, "privacy.erased", erased, {
    sources: certificate.erased.map(({ source }) => source),
    ended: certificate.ended,
  });
  if (email !== null)
    await enqueue(tx, TELL_ERASED_JOB, { erasureId, language } satisfies ErasedNotice, { key: `erased:${erasureId}` });
  return erased;
}

async function record(deps: PrivacyDeps, tx: Tx, action: string, erasure: Erasure, more: object): Promise<void> {
  const { id, userId, status } = erasure;
  await deps.audit.record(tx, action, {
    targetType: "user",
    targetId: userId,
    after: { erasureId: id, status, ...more },
  });
  await deps.outbox.publish(tx, [erasureEvent(erasure)]);
}

/** What keeps somebody from being erased; of a partner with its sequence and its accounts locked. */
async function findHindrances(deps: PrivacyDeps, tx: Tx, subject: Subject): Promise<Hindrance[]> {
  const { partnerId, userId, role, status } = subject;
  const hindrances: Hindrance[] = [];
  if (partnerId !== null) await deps.partners.lockSequences(tx, [partnerId]);
  const partnerStatus = partnerId === null ? undefined : (await findPartnerOfUser(tx, userId))?.status;
  if (isAccountOpen({ role, status, ...(partnerStatus !== undefined && { partnerStatus }) }))
    hindrances.push({ kind: "account_open" });
  // The law, or a person who knows of it. Which of them is nobody's to tell.
  const isKept = (partnerId !== null && (await deps.mustBeKept(tx, partnerId))) || (await isHeld(tx, userId));
  if (isKept) hindrances.push({ kind: "legal_hold" });
  if (partnerId === null) return hindrances;

  const currencies = await deps.ledger.currencies(tx, partnerId);
  const pairs = currencies.map((currency) => ({ partnerId, currency }));
  await deps.ledger.lock(tx, pairs);
  const balances = await deps.ledger.balancesOf(tx, pairs);
  const byCurrency = new Map([...balances].map(([key, of]) => [key.slice(key.indexOf(":") + 1), of]));
  const notHandedOut = await deps.payouts.sumNotHandedOut(tx, partnerId);
  return [...hindrances, ...moneyHindrances(byCurrency), ...paymentHindrances(notHandedOut)];
}

/** Tries deferred wishes again no more often than this. */
const TRIED_EVERY_MS = 20 * HOUR_MS;
const BATCH_SIZE = 100;

/** Carries out what was deferred and is hindered no more. One that fails leaves the others. */
export const carryOutDeferred =
  (deps: PrivacyDeps) =>
  async (ctx: Ctx): Promise<void> => {
    const before = new Date(ctx.now.getTime() - TRIED_EVERY_MS);
    const ids = await deps.db.read(ctx, (tx) => findDeferred(tx, before, BATCH_SIZE));
    const failures: unknown[] = [];
    for (const id of ids) {
      try {
        await deps.db.transaction(ctx, (tx) => carryOut(deps, tx, id));
      } catch (error) {
        failures.push(error);
      }
    }
    if (failures.length > 0) throw new AggregateError(failures, `${failures.length} erasures could not be carried out`);
  };
