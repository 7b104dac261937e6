import { derivedId, newId } from "../kernel/id.ts";
import { invariant } from "../kernel/invariant.ts";
import { type Ctx, requireScope } from "../platform/context.ts";
import type { ReadTx, Tx } from "../platform/database/index.ts";
import type { Terms } from "../programs/index.ts";
import { assessBatch } from "./assess-batch.ts";
import { partnerActOf } from "./assess-partner-events.ts";
import type { AssessmentDeps, CalculationDeps, SequenceDeps } from "./assessment-deps.ts";
import { assessmentErrors } from "./assessment-errors.ts";
import { assess } from "./engine/assess.ts";
import type { EngineEvent, EventOf, PartnerAct, ReassessmentData } from "./engine/engine-event.ts";
import type { Facts } from "./engine/fold.ts";
import type { Assessment, Outcome } from "./engine/outcome.ts";
import type { Clause } from "./engine/receipt.ts";
import { loadArrivals } from "./load-arrivals.ts";
import { loadStandings, readGround } from "./load-facts.ts";
import { recordedSequence } from "./recorded-sequence.ts";

export type ReassessmentScope = {
  readonly partnerId: string;
  /** Assesses all of the past under these terms; those in force at each event, where not given. */
  readonly termsId?: string;
};

/** What a re-assessment would book. */
export type ReassessmentDifference = {
  readonly corrections: readonly Correction[];
  /** By currency: what the corrections come to. */
  readonly totals: readonly { readonly currency: string; readonly amount: bigint }[];
  /** What differs and is left as it is, because money of it has left or is about to. */
  readonly leftAsPaid: readonly LeftAsPaid[];
  /** Also where no entry follows: a customer may be tied to another payment. */
  readonly differs: boolean;
  /** Names this difference: who books it says that this is what was shown. */
  readonly fingerprint: string;
};

export type LeftAsPaid = {
  readonly commissionId: string;
  /** What the commission would earn more; below zero where it would earn less. */
  readonly amount: bigint;
  readonly currency: string;
};

export type Correction = {
  readonly kind: "earned" | "reversed" | "restored" | "cancelled";
  readonly referralId: string | null;
  readonly transactionId: string | null;
  /** The row that would be made; of a cancellation, the commission that would end. */
  readonly rule: string | null;
  readonly amount: bigint;
  readonly currency: string;
};

/** Shows what re-assessing a partner's history, in the order of its dates, would correct. Writes nothing. */
export const previewReassessment =
  (deps: CalculationDeps) =>
  (ctx: Ctx, scope: ReassessmentScope): Promise<ReassessmentDifference> =>
    deps.db.read(ctx, async (tx) => {
      requireScope(ctx, "commissions:write");
      const { partnerId, termsId = null } = scope;
      await requireKnown(deps, tx, scope);
      return dryReassess(deps, tx, { partnerId, data: { termsId } });
    });

const AFTER_ALL = 2n ** 62n;

/** How acts are assessed from now on (docs/adr/0082). One that was recorded without a word of these goes on being replayed as it was booked. */
export const AS_OF_NOW = {
  ties: "external_id",
  counts: "earned",
  rounds: "sale",
} as const satisfies Partial<ReassessmentData>;

export type DryReassessment = {
  readonly partnerId: string;
  readonly data: Omit<ReassessmentData, "act" | keyof typeof AS_OF_NOW>;
  /** Terms that the partner would have by then, each from its instant on and for existing customers too, in the order of their recording. */
  readonly given?: readonly { readonly terms: Terms; readonly from: Date }[];
};

/** What a re-assessment would correct if it were recorded next. Writes nothing. */
export async function dryReassess(
  deps: SequenceDeps & Pick<AssessmentDeps, "ledger">,
  tx: ReadTx,
  { partnerId, data, given = [] }: DryReassessment,
): Promise<ReassessmentDifference> {
  const next = (index: number) => ({ id: newId(), partnerId, referralId: null, number: AFTER_ALL + BigInt(index) });
  const announced = given.map(
    ({ terms, from }, index): EngineEvent => ({
      ...next(index),
      kind: "terms",
      occurredAt: from,
      data: { termsId: terms.id, isRetroactive: true },
    }),
  );
  const event: EventOf<"reassessment"> = {
    ...next(given.length),
    kind: "reassessment",
    occurredAt: tx.ctx.now,
    data: { act: newId(), ...AS_OF_NOW, ...data },
  };
  const histories = await historiesOf(deps, tx, event, announced);
  const standings = await loadStandings(deps, tx, [event]);
  const terms = new Map([...standings.terms, ...given.map((one) => [one.terms.id, one.terms] as const)]);
  const ground = await readGround(deps, tx, { events: [event], standings: { ...standings, terms } });
  return differenceOf(assess([event], terms, { ...ground.facts, histories }));
}

/** Books what `previewReassessment` showed, by entries under the act's name; refused where it would be anything else by now. */
export const reassessPartner =
  (deps: CalculationDeps) =>
  (
    ctx: Ctx,
    input: ReassessmentScope & { readonly reason: string; readonly fingerprint: string },
  ): Promise<ReassessmentDifference> =>
    deps.db.transaction(ctx, async (tx) => {
      requireScope(ctx, "commissions:write");
      const { partnerId, reason, termsId } = input;
      await requireKnown(deps, tx, input);
      const data = { act: newId(), ...AS_OF_NOW, reason, ...(termsId === undefined ? {} : { termsId }) };
      const [recorded] = await deps.partners.recordEvents(tx, [
        { partnerId, kind: "reassessment", referralId: null, data, occurredAt: ctx.now },
      ]);
      invariant(recorded, "what was recorded comes back");
      const event = partnerActOf(recorded);
      const difference = await bookReassessment(deps, tx, event);
      if (!difference.differs) throw assessmentErrors.nothing_differs();
      if (difference.fingerprint !== input.fingerprint) throw assessmentErrors.difference_changed();
      await deps.audit.record(tx, "commissions.reassessed", {
        targetType: "partner",
        targetId: partnerId,
        after: {
          act: data.act,
          termsId: termsId ?? null,
          corrections: difference.corrections.length,
          totals: difference.totals,
        },
        reason,
      });
      return difference;
    });

/** Assesses a re-assessment that is recorded, and books what follows. */
export async function bookReassessment(
  deps: CalculationDeps,
  tx: Tx,
  event: PartnerAct,
): Promise<ReassessmentDifference> {
  const histories = await historiesOf(deps, tx, event);
  return differenceOf(await assessBatch(deps, tx, [event], histories));
}

async function requireKnown(
  { partners }: CalculationDeps,
  tx: ReadTx,
  { partnerId, termsId }: ReassessmentScope,
): Promise<void> {
  await partners.getPartner(tx, partnerId);
  if (termsId === undefined) return;
  if (!(await partners.findTerms(tx, [termsId], partnerId)).has(termsId)) throw assessmentErrors.terms_unknown();
}

/** What was recorded before a re-assessment, and what the arrivals in it brought. */
async function historiesOf(
  deps: SequenceDeps,
  tx: ReadTx,
  { id, partnerId, number }: EngineEvent,
  announced: readonly EngineEvent[] = [],
): Promise<Facts["histories"]> {
  const history: EngineEvent[] = [];
  for await (const page of recordedSequence(deps, tx, { partnerId }))
    history.push(...page.filter((one) => one.number < number));
  return new Map([...(await loadArrivals(deps, tx, history)), [id, [...history, ...announced]]]);
}

/** A customer that is tied to another payment is a difference of its own: it decides what refunds take back, and when its months end. */
function differenceOf({
  outcomes,
  referrals,
  receipts,
}: Pick<Assessment, "outcomes" | "referrals" | "receipts">): ReassessmentDifference {
  const corrections = outcomes.flatMap(correctionOf);
  const totals = new Map<string, bigint>();
  for (const { currency, amount } of corrections) totals.set(currency, (totals.get(currency) ?? 0n) + amount);
  const words = outcomes.map((outcome) =>
    "referralId" in outcome
      ? `${outcome.kind} ${outcome.referralId}`
      : JSON.stringify(correctionOf(outcome), (_, value: unknown) =>
          typeof value === "bigint" ? String(value) : value,
        ),
  );
  const tied = referrals.map(({ referralId, qualification, lostPaymentId }) =>
    JSON.stringify(["tied", referralId, qualification?.paymentId ?? null, lostPaymentId]),
  );
  const leftAsPaid = receipts.flatMap(({ clauses }) => clauses.flatMap(leftAsPaidOf));
  const paid = leftAsPaid.map(({ commissionId, amount }) => `paid ${commissionId} ${amount}`);
  return {
    corrections,
    leftAsPaid,
    differs: outcomes.length + referrals.length > 0,
    totals: [...totals].map(([currency, amount]) => ({ currency, amount })),
    fingerprint: derivedId(...words, ...tied, ...paid),
  };
}

const leftAsPaidOf = ({ reason, commissionId, amount, currency }: Clause): LeftAsPaid[] =>
  reason === "paid" && commissionId !== undefined && amount !== undefined && currency !== undefined
    ? [{ commissionId, amount, currency }]
    : [];

function correctionOf(outcome: Outcome): Correction[] {
  if (outcome.kind === "qualified" || outcome.kind === "unqualified" || outcome.kind === "closed") return [];
  if (outcome.kind === "cancelled") {
    const { kind, currency, left } = outcome;
    return [{ kind, referralId: null, transactionId: null, rule: null, amount: -left, currency }];
  }
  const { referralId, transactionId, rule, amount, currency } = outcome.commission;
  return [{ kind: outcome.kind, referralId, transactionId, rule, amount, currency }];
}
