import { createHash } from "node:crypto";
import { newId } from "../kernel/id.ts";
import { invariant } from "../kernel/invariant.ts";
import type { AccountPair } from "../ledger/index.ts";
import { type Ctx, requireScope } from "../platform/context.ts";
import type { ReadTx, Tx } from "../platform/database/index.ts";
import type { BackdatedPlan, BackdatePlan } from "../programs/index.ts";
import { partnerActOf } from "./assess-partner-events.ts";
import type { CalculationDeps } from "./assessment-deps.ts";
import { assessmentErrors } from "./assessment-errors.ts";
import { findKeptCommissions } from "./assessment-repository.ts";
import type { BackdatingDeps, Follower } from "./commission-deps.ts";
import {
  AS_OF_NOW,
  bookReassessment,
  dryReassess,
  type LeftAsPaid,
  type ReassessmentDifference,
} from "./reassess-partner.ts";

/** What a version changes of a partner, in one currency. */
export type BackdatedCost = {
  readonly partnerId: string;
  readonly currency: string;
  /** Entries that correct what is unpaid, and what they come to: the cost, below zero where the partner loses. */
  readonly corrections: number;
  readonly difference: bigint;
  /** Commissions that differ and stay as they are, because they are paid or in a payout, and what they would come to. */
  readonly paid: number;
  readonly paidDifference: bigint;
};

export type Backdating = {
  readonly planId: string;
  readonly version: number;
  readonly effectiveFrom: Date;
  readonly partners: readonly BackdatedCost[];
  /** Of all partners, by currency. */
  readonly totals: readonly (Omit<BackdatedCost, "partnerId"> & { readonly partners: number })[];
  readonly leftAsPaid: readonly (LeftAsPaid & { readonly partnerId: string })[];
  /** Names all of this: who publishes says that this is what was shown. */
  readonly digest: string;
};

/** Shows what a draft would change if it held from a date in the past. Writes nothing. */
export const previewBackdating =
  (deps: BackdatingDeps & Pick<CalculationDeps, "db">) =>
  (ctx: Ctx, input: BackdatePlan): Promise<Backdating> =>
    deps.db.read(ctx, async (tx) => {
      requireScope(ctx, "program:write");
      const plan = await deps.programs.readBackdated(tx, input);
      const followers = await deps.partners.findBackdatedFollowers(tx, input.effectiveFrom);
      return (await compare(deps, tx, { plan, from: input.effectiveFrom, followers })).backdating;
    });

/**
 * Publishes a draft that holds from a date in the past, and books what `previewBackdating` showed, by new entries; refused where it would be
 * anything else by now. All of it is one transaction, which holds the sequences of everybody who follows the plan.
 */
export const backdatePlan =
  (deps: BackdatingDeps) =>
  (ctx: Ctx, input: BackdatePlan & { readonly digest: string; readonly reason: string }): Promise<Backdating> =>
    deps.db.transaction(ctx, async (tx) => {
      requireScope(ctx, "program:write");
      const { effectiveFrom: from, reason } = input;
      await deps.programs.lockProgram(tx);
      const plan = await deps.programs.readBackdated(tx, input);
      const followers = await deps.partners.findBackdatedFollowers(tx, from);
      await deps.partners.lockSequences(
        tx,
        followers.map(({ partnerId }) => partnerId),
      );
      await deps.ledger.lock(tx, await accountsOf(deps, tx, { plan, followers }));
      const { backdating, differences } = await compare(deps, tx, { plan, from, followers });
      if (backdating.digest !== input.digest) throw assessmentErrors.difference_changed();

      await deps.programs.publishBackdated(tx, plan, from, reason);
      for (const [partnerId, { difference, paid }] of differences)
        await book(deps, tx, { partnerId, difference, paid, from, reason });
      await deps.audit.record(tx, "commissions.backdated", {
        targetType: "plan",
        targetId: input.planId,
        after: { effectiveFrom: from, digest: input.digest, totals: backdating.totals },
        reason,
      });
      return backdating;
    });

/** Payouts reserve under the lock of the accounts: what is paid stays what it is until the transaction ends. */
async function accountsOf(
  { ledger }: BackdatingDeps,
  tx: ReadTx,
  { plan, followers }: { readonly plan: BackdatedPlan; readonly followers: readonly Follower[] },
): Promise<AccountPair[]> {
  const pairs: AccountPair[] = [];
  for (const { partnerId } of followers) {
    const currencies = new Set([...(await ledger.currencies(tx, partnerId)), plan.draft.currency]);
    for (const currency of currencies) pairs.push({ partnerId, currency });
  }
  return pairs;
}

type Differing = { readonly difference: ReassessmentDifference; readonly paid: readonly string[] };

/** Runs every follower's history under the terms that it would have. */
async function compare(
  deps: BackdatingDeps,
  tx: ReadTx,
  {
    plan,
    from,
    followers,
  }: { readonly plan: BackdatedPlan; readonly from: Date; readonly followers: readonly Follower[] },
): Promise<{ readonly backdating: Backdating; readonly differences: ReadonlyMap<string, Differing> }> {
  const differences = new Map<string, Differing>();
  const digest = createHash("sha256").update(
    JSON.stringify([plan.draft.id, plan.draft.tiers, plan.version, from.toISOString()]),
  );
  for (const { partnerId, times } of followers) {
    const paid = await paidOf(deps, tx, partnerId);
    const difference = await dryReassess(deps, tx, {
      partnerId,
      data: { from: from.toISOString(), paid },
      given: times.map((time) => ({ terms: { ...plan.terms[time.tier], id: newId() }, from: time.from })),
    });
    if (!difference.differs && difference.leftAsPaid.length === 0) continue;
    differences.set(partnerId, { difference, paid });
    digest.update(`${partnerId} ${difference.fingerprint}\n`);
  }
  return { differences, backdating: backdatingOf({ plan, from, differences, digest: digest.digest("hex") }) };
}

/** Commissions of which a payout holds a part, or that are paid: money of them has left, or is about to. */
async function paidOf({ payouts }: BackdatingDeps, tx: ReadTx, partnerId: string): Promise<string[]> {
  const kept = await findKeptCommissions(tx, { partnerIds: [partnerId] });
  const parts = await payouts.takenParts(
    tx,
    kept.map(({ standing }) => standing.id),
  );
  return kept
    .filter(({ status, standing }) => status === "paid" || (parts.get(standing.id)?.taken ?? 0n) !== 0n)
    .map(({ standing }) => standing.id);
}

/** Records the act in the partner's sequence and books it. It names what is paid, and what of that was shown to stay: later acts leave that too. */
async function book(
  deps: BackdatingDeps,
  tx: Tx,
  { partnerId, difference, paid, from, reason }: Differing & { partnerId: string; from: Date; reason: string },
): Promise<void> {
  const left = difference.leftAsPaid.map(({ commissionId }) => commissionId);
  if (!difference.differs && left.length === 0) return;
  const data = { act: newId(), ...AS_OF_NOW, reason, from: from.toISOString(), paid, left };
  const [recorded] = await deps.partners.recordEvents(tx, [
    { partnerId, kind: "reassessment", referralId: null, data, occurredAt: tx.ctx.now },
  ]);
  invariant(recorded, "what was recorded comes back");
  const booked = await bookReassessment(deps, tx, partnerActOf(recorded));
  invariant(booked.fingerprint === difference.fingerprint, "what was shown under the locks is what is booked");
}

function backdatingOf({
  plan,
  from,
  differences,
  digest,
}: {
  readonly plan: BackdatedPlan;
  readonly from: Date;
  readonly differences: ReadonlyMap<string, Differing>;
  readonly digest: string;
}): Backdating {
  const partners = [...differences].flatMap(([partnerId, { difference }]) => costsOf(partnerId, difference));
  const totals = [...Map.groupBy(partners, ({ currency }) => currency)].map(([currency, costs]) => ({
    currency,
    partners: costs.length,
    corrections: costs.reduce((sum, one) => sum + one.corrections, 0),
    difference: costs.reduce((sum, one) => sum + one.difference, 0n),
    paid: costs.reduce((sum, one) => sum + one.paid, 0),
    paidDifference: costs.reduce((sum, one) => sum + one.paidDifference, 0n),
  }));
  return {
    planId: plan.draft.id,
    version: plan.version,
    effectiveFrom: from,
    partners,
    totals,
    leftAsPaid: [...differences].flatMap(([partnerId, { difference }]) =>
      difference.leftAsPaid.map((one) => ({ ...one, partnerId })),
    ),
    digest,
  };
}

function costsOf(partnerId: string, { corrections, leftAsPaid }: ReassessmentDifference): BackdatedCost[] {
  const currencies = new Set([...corrections, ...leftAsPaid].map(({ currency }) => currency));
  return [...currencies].map((currency) => {
    const booked = corrections.filter((one) => one.currency === currency);
    const paid = leftAsPaid.filter((one) => one.currency === currency);
    return {
      partnerId,
      currency,
      corrections: booked.length,
      difference: sumOf(booked),
      paid: paid.length,
      paidDifference: sumOf(paid),
    };
  });
}

const sumOf = (entries: readonly { readonly amount: bigint }[]): bigint =>
  entries.reduce((sum, { amount }) => sum + amount, 0n);
