import { invariant } from "../kernel/invariant.ts";
import type { AccountPair } from "../ledger/index.ts";
import { type Ctx, requireScope } from "../platform/context.ts";
import {
  findSubOperatorDebts,
  findSubOperatorUntold,
  findSubOperatorUntoldProducts,
  setSubOperator,
  type TenantRow,
  type Tx,
} from "../platform/database/index.ts";
import { subOperatorErrors } from "./sub-operator-errors.ts";
import { type SubOperatorNews, subOperatorNews } from "./sub-operator-events.ts";
import { type LimitsView, readLimits } from "./sub-operator-limits.ts";
import { findSubOperator, lockSubOperator, type SubOperator, updateSubOperator } from "./sub-operator-repository.ts";
import { mayAct, SUB_OPERATOR_ACTS, type SubOperatorAct, type SubOperatorState } from "./sub-operator-rules.ts";
import { type SubOperatorView, subOperatorViews } from "./sub-operator-view.ts";
import type { WhitelabelDeps } from "./whitelabel-deps.ts";

/** Sets all limits. One that is below what is used refuses what is new, and takes nothing away. */
export const setLimits =
  (deps: WhitelabelDeps) =>
  (ctx: Ctx, { id, ...limits }: LimitsView & { readonly id: string }): Promise<SubOperatorView> =>
    deps.db.transaction(ctx, async (tx) => {
      requireScope(ctx, "sub_operators:write");
      const before = await lockSubOperator(tx, id);
      if (before === undefined) throw subOperatorErrors.not_found();
      if (before.status === "removed") throw subOperatorErrors.wrong_state({ status: before.status });
      const after = { ...before, limits: readLimits(limits) };
      return keep(deps, tx, { before, after, news: "sub_operator.limits_changed", reason: null });
    });

type Reasoned = { readonly id: string; readonly reason: string };

const operatorAct =
  (act: SubOperatorAct) =>
  (deps: WhitelabelDeps) =>
  (ctx: Ctx, { id, reason }: Reasoned): Promise<SubOperatorView> => {
    requireScope(ctx, "sub_operators:write");
    return actOn(deps, ctx, { id, act, reason });
  };

/** Nobody registers or signs in there; its links lead on, what it sells is recorded, and what is due is paid. */
export const suspendSubOperator = operatorAct("suspend");
/** Ends a suspension. */
export const resumeSubOperator = operatorAct("resume");
/** Ends it for good, once nothing is owed on any side. Its books stay. Throws `sub_operator.still_owed`. */
export const removeSubOperator = operatorAct("remove");

const NEWS = {
  open: "sub_operator.opened",
  suspend: "sub_operator.suspended",
  resume: "sub_operator.resumed",
  remove: "sub_operator.removed",
} as const satisfies Record<SubOperatorAct, SubOperatorNews>;

/** Moves a sub-operator. Throws `sub_operator.not_found`, `.wrong_state`. */
export const actOn = (
  deps: WhitelabelDeps,
  ctx: Ctx,
  { id, act, reason }: { readonly id: string; readonly act: SubOperatorAct; readonly reason: string | null },
): Promise<SubOperatorView> =>
  deps.db.transaction(ctx, async (tx) => {
    const seen = await findSubOperator(tx, id);
    if (seen === undefined) throw subOperatorErrors.not_found();
    // Accounts before rows, as everywhere: what is owed is read under lock.
    if (act === "remove") await lockBooks(deps, tx, seen);
    const before = await lockSubOperator(tx, id);
    invariant(before !== undefined, "a sub-operator is never deleted");
    if (!mayAct(before.status, act)) throw subOperatorErrors.wrong_state({ status: before.status });
    if (act === "remove") await requireNothingOwed(deps, tx, before);
    const { now } = tx.ctx;
    const after: SubOperator = {
      ...before,
      status: SUB_OPERATOR_ACTS[act].to,
      statusReason: act === "resume" ? null : reason,
      openedAt: act === "open" ? now : before.openedAt,
      removedAt: act === "remove" ? now : before.removedAt,
    };
    return keep(deps, tx, { before, after, news: NEWS[act], reason });
  });

/** Its tenant is there for people before its programme is. */
const TENANT_STATES: Readonly<Record<SubOperatorState, TenantRow["status"]>> = {
  opening: "active",
  active: "active",
  suspended: "suspended",
  removed: "removed",
};

type Change = {
  readonly before: SubOperator;
  readonly after: SubOperator;
  readonly news: SubOperatorNews;
  readonly reason: string | null;
};

async function keep(deps: WhitelabelDeps, tx: Tx, { before, after, news, reason }: Change): Promise<SubOperatorView> {
  const { id, status, statusReason, limits } = after;
  await updateSubOperator(tx, after);
  await setSubOperator(tx, { id, status: TENANT_STATES[status], reason: statusReason, limits });
  await deps.audit.record(tx, news, {
    targetType: "sub_operator",
    targetId: id,
    before,
    after,
    ...(reason === null ? {} : { reason }),
  });
  await deps.outbox.publish(tx, [subOperatorNews(news, after)]);
  const [view] = await subOperatorViews(deps, tx, [after]);
  return view as SubOperatorView;
}

const pairsOf = async ({ ledger }: WhitelabelDeps, tx: Tx, { partnerId }: SubOperator): Promise<AccountPair[]> =>
  (await ledger.currencies(tx, partnerId)).map((currency) => ({ partnerId, currency }));

const lockBooks = async (deps: WhitelabelDeps, tx: Tx, one: SubOperator): Promise<void> =>
  deps.ledger.lock(tx, await pairsOf(deps, tx, one));

/** Neither shares nor fees by it, nor shares to it, nor earnings by it to its own partners; and no sale whose share is not booked yet, nor a card product whose fee is not. */
async function requireNothingOwed(deps: WhitelabelDeps, tx: Tx, one: SubOperator): Promise<void> {
  const balances = await deps.ledger.balancesOf(tx, await pairsOf(deps, tx, one));
  const ofParent = [...balances].flatMap(([key, { share_receivable, fee_receivable }]) =>
    [
      { what: "share", amount: share_receivable },
      { what: "fees", amount: fee_receivable },
    ].flatMap(({ what, amount }) => (amount === 0n ? [] : [{ what, currency: key.slice(-3), amount }])),
  );
  const ofPartners = (await findSubOperatorDebts(tx, one.id)).map((debt) => ({ what: "partners", ...debt }));
  const unbooked = await findSubOperatorUntold(tx, one.id);
  const uncharged = await findSubOperatorUntoldProducts(tx, one.id);
  const owed = [...ofParent, ...ofPartners];
  if (owed.length > 0 || unbooked.length > 0 || uncharged.length > 0)
    throw subOperatorErrors.still_owed({
      owed,
      unbookedSales: unbooked.length,
      unchargedCardProducts: uncharged.length,
    });
}
