import { isDeepStrictEqual } from "node:util";
import type { ReadTx } from "../platform/database/index.ts";
import type { SequenceDeps } from "./assessment-deps.ts";
import type { Fold } from "./engine/fold.ts";
import type { CommissionDraft } from "./engine/outcome.ts";
import type { CapStanding } from "./engine/standing.ts";
import { type EngineRow, findAssessedRange, findEngineRows, standingPartners } from "./replay-repository.ts";
import { runSequence } from "./run-sequence.ts";
import { findSpendCuts } from "./spend-repository.ts";
import { findCapStandings, findPartnerStandings, findReferralStandings } from "./standing-repository.ts";

/** Where the books and the recorded events disagree. */
export type Difference = {
  readonly partnerId: string;
  /** What it is about: a commission, a customer, or the partner itself. */
  readonly objectId: string;
  readonly kind: "not_booked" | "not_earned" | "different" | "status" | "standing" | "unassessed";
  readonly replayed: unknown;
  readonly booked: unknown;
};

export type ReplayReport = {
  readonly partners: number;
  readonly events: number;
  readonly commissions: number;
  /** Empty where a replay of the recorded events gives the books to the unit. */
  readonly differences: readonly Difference[];
};

/**
 * Recomputes commissions from recorded events under recorded terms, partner by partner, and compares them with what is booked: ids, amounts,
 * what was cancelled, and where everybody stands. Reads only.
 */
export const replay =
  (deps: SequenceDeps) =>
  async (tx: ReadTx, partnerIds?: readonly string[]): Promise<ReplayReport> => {
    let [partners, events, commissions] = [0, 0, 0];
    const differences: Difference[] = [];
    for await (const partnerId of partnerIds ?? standingPartners(tx)) {
      const one = await replayStill(deps, tx, partnerId);
      partners += 1;
      events += one.events;
      commissions += one.commissions;
      differences.push(...one.differences);
    }
    return { partners, events, commissions, differences };
  };

/** More often than a partner can be met in the middle of a sale by chance. */
const ATTEMPTS_MAX = 5;

/** Replays a partner again where something of it was recorded meanwhile: what was read first would not be what was read last. */
async function replayStill(deps: SequenceDeps, tx: ReadTx, partnerId: string): Promise<Omit<ReplayReport, "partners">> {
  for (let attempt = 1; ; attempt += 1) {
    const before = await findAssessedRange(tx, partnerId);
    const report = await replayPartner(deps, tx, partnerId);
    const after = await findAssessedRange(tx, partnerId);
    if (before.last === after.last || attempt === ATTEMPTS_MAX) return report;
  }
}

async function replayPartner(
  deps: SequenceDeps,
  tx: ReadTx,
  partnerId: string,
): Promise<Omit<ReplayReport, "partners">> {
  const booked = new Map((await findEngineRows(tx, partnerId)).map((row) => [row.id, row]));
  const closedByHand = new Set<string>();
  let events = 0;
  const fold = await runSequence(deps, tx, {
    partnerId,
    // What the limit left depends on what other partners had earned by then: a fact of the books, too.
    spendCuts: await findSpendCuts(tx, [partnerId]),
    // Whether a commission had left its hold is decided by jobs and people, so it is a fact of the books. What was cancelled never left it.
    isApproved: ({ id }) => booked.get(id)?.approvedAt != null,
    onEvent: (_, event) => {
      events += 1;
      if (event.kind === "dispute_resolved") for (const id of event.data.cancelled ?? []) closedByHand.add(id);
    },
  });
  const unassessed = BigInt(events) - (await findAssessedRange(tx, partnerId)).count;
  return {
    events,
    commissions: booked.size,
    differences: [
      ...compareRows(partnerId, fold, { booked, closedByHand }),
      ...(await compareStandings(tx, partnerId, fold)),
      ...(unassessed === 0n
        ? []
        : [
            {
              partnerId,
              objectId: partnerId,
              kind: "unassessed" as const,
              replayed: events,
              booked: events - Number(unassessed),
            },
          ]),
    ],
  };
}

type BookedRows = { readonly booked: ReadonlyMap<string, EngineRow>; readonly closedByHand: ReadonlySet<string> };

function compareRows(partnerId: string, fold: Fold, { booked, closedByHand }: BookedRows): Difference[] {
  const replayed = new Map<string, CommissionDraft>();
  const cancelled = new Set(closedByHand);
  for (const outcome of fold.outcomes) {
    if ("commission" in outcome) replayed.set(outcome.commission.id, outcome.commission);
    else if (outcome.kind === "cancelled") cancelled.add(outcome.commissionId);
  }
  const differences: Difference[] = [];
  for (const [objectId, draft] of replayed) {
    const row = booked.get(objectId);
    if (row === undefined)
      differences.push({ partnerId, objectId, kind: "not_booked", replayed: draft.amount, booked: null });
    else if (!isSame(draft, row))
      differences.push({ partnerId, objectId, kind: "different", replayed: draft, booked: row });
  }
  for (const [objectId, row] of booked) {
    const isCancelled = row.status === "cancelled";
    const mayBe = cancelled.has(row.reversesId ?? objectId);
    // What a person ended after its approval was taken back by a row; what the engine cancels, and what was in hold, is cancelled.
    const mustBe = mayBe && !closedByHand.has(row.reversesId ?? objectId);
    if (!replayed.has(objectId)) {
      differences.push({ partnerId, objectId, kind: "not_earned", replayed: null, booked: row.amount });
    } else if ((fold.commissions.get(objectId)?.closedBy ?? null) !== row.closedBy) {
      const closedBy = fold.commissions.get(objectId)?.closedBy ?? null;
      differences.push({
        partnerId,
        objectId,
        kind: "status",
        replayed: { closedBy },
        booked: { closedBy: row.closedBy },
      });
    } else if (isCancelled ? !mayBe : mustBe) {
      differences.push({
        partnerId,
        objectId,
        kind: "status",
        replayed: mayBe ? "cancelled" : "stands",
        booked: row.status,
      });
    }
  }
  return differences;
}

const isSame = (draft: CommissionDraft, row: EngineRow): boolean =>
  draft.amount === row.amount &&
  draft.currency === row.currency &&
  draft.eventId === row.eventId &&
  draft.rule === row.rule &&
  draft.act === row.act &&
  draft.type === row.type &&
  draft.reversesId === row.reversesId &&
  draft.referralId === row.referralId &&
  draft.transactionId === row.transactionId &&
  draft.ratePpm === row.ratePpm &&
  draft.saleNumber === row.saleNumber &&
  draft.occurredAt.getTime() === row.occurredAt.getTime() &&
  isSameHold(draft, row);

/** A dispute stops the clock of a hold, which no recorded event tells. What reverses a part has the hold that its commission had by then. */
function isSameHold(draft: CommissionDraft, row: EngineRow): boolean {
  const later = row.holdUntil.getTime() - draft.holdUntil.getTime();
  return draft.reversesId === null ? later === Number(row.stoppedMs) : later >= 0 && later <= Number(row.stoppedMs);
}

const inKeyOrder = (caps: Fold["caps"]): CapStanding[] =>
  [...caps].toSorted(([a], [b]) => (a < b ? -1 : 1)).map(([, standing]) => standing);

async function compareStandings(tx: ReadTx, partnerId: string, fold: Fold): Promise<Difference[]> {
  const kept = await findPartnerStandings(tx, [partnerId]);
  const referrals = await findReferralStandings(tx, { partnerId });
  const caps = await findCapStandings(tx, { partnerIds: [partnerId] });
  const pairs = [
    { objectId: partnerId, replayed: fold.partners.get(partnerId), booked: kept.get(partnerId) },
    { objectId: partnerId, replayed: inKeyOrder(fold.caps), booked: inKeyOrder(caps) },
    ...[...new Set([...fold.referrals.keys(), ...referrals.keys()])].map((objectId) => ({
      objectId,
      replayed: fold.referrals.get(objectId),
      booked: referrals.get(objectId),
    })),
  ];
  return pairs
    .filter(({ replayed, booked }) => !isDeepStrictEqual(replayed, booked))
    .map((pair) => ({ ...pair, partnerId, kind: "standing" as const }));
}
