import { invariant } from "../kernel/invariant.ts";
import type { PartnerEventData } from "../partners/index.ts";
import type { ReadTx, Tx } from "../platform/database/index.ts";
import type { RecordedTransaction } from "../sales/index.ts";
import { findKeptCommissions, type KeptCommission } from "./assessment-repository.ts";
import type { HandoverDeps } from "./commission-deps.ts";
import { findFamilies } from "./commission-repository.ts";
import { findReferralStandings } from "./standing-repository.ts";

/** What of a customer goes from one partner to another, and how it stands. */
export type Handover = Omit<PartnerEventData["arrival"], "act" | "termsId">;

/** As many families as are read at once: a customer of years of card volume has tens of thousands. */
const FAMILIES_PAGE = 2_000;

/**
 * Says what a re-attribution moves: an event goes as a whole, where a commission on it stands and no payout, dispute or person has had to do
 * with any. The caller holds both partners' sequences; their accounts are locked here, so that what is unpaid now stays so.
 */
export const prepareHandover =
  (deps: HandoverDeps, { familiesPage = FAMILIES_PAGE }: { readonly familiesPage?: number } = {}) =>
  async (
    tx: Tx,
    { referralId, partnerIds }: { readonly referralId: string; readonly partnerIds: readonly string[] },
  ): Promise<Handover> => {
    const accounts = [];
    for (const partnerId of partnerIds)
      for (const currency of await deps.ledger.currencies(tx, partnerId)) accounts.push({ partnerId, currency });
    await deps.ledger.lock(tx, accounts);

    const standing = (await findReferralStandings(tx, { referralIds: [referralId] })).get(referralId);
    invariant(standing, "a converted customer stands in its partner's sequence");
    const history = await historyOf(deps, tx, referralId);
    const kept = await findKeptCommissions(tx, { referralIds: [referralId] });
    const touched = await findTouched(deps, tx, { kept, familiesPage });
    const byEvent = Map.groupBy(kept, (one) => one.standing.transactionId ?? "");
    const movable = [...byEvent].filter(
      ([, ofEvent]) =>
        !ofEvent.some((one) => touched.has(one)) && ofEvent.some((one) => one.standing.closedBy === null),
    );
    const moved = withReversals(history, new Set(movable.map(([transactionId]) => transactionId)));
    return {
      convertedAt: standing.convertedAt.toISOString(),
      isVerificationOpen: standing.isVerificationOpen,
      isHeld: standing.isHeld,
      isSettled: standing.qualification?.isSettled ?? false,
      isSignupTaken:
        standing.isSignupTaken ||
        kept.some(
          ({ standing: { rule, transactionId, closedBy } }) =>
            rule === "signup" && closedBy !== "event" && !moved.has(transactionId ?? ""),
        ),
      history: history.map(({ id }) => id),
      moved: [...moved],
    };
  };

/** The customer's transactions until now, in recorded order: those that it brought, then those that were recorded here. */
async function historyOf(
  { partners, sales }: Pick<HandoverDeps, "partners" | "sales">,
  tx: ReadTx,
  referralId: string,
): Promise<RecordedTransaction[]> {
  const ids = (await partners.findArrival(tx, referralId))?.data.history ?? [];
  const brought = new Map((await sales.findRecorded(tx, ids)).map((one) => [one.id, one]));
  return [...ids.flatMap((id) => brought.get(id) ?? []), ...(await sales.findRecordedOfReferral(tx, referralId))];
}

/** Commissions that stay, whatever was earned beside them: a payout has drawn on them, they are in dispute, or a person has ended them. */
async function findTouched(
  { payouts }: Pick<HandoverDeps, "payouts">,
  tx: ReadTx,
  { kept, familiesPage }: { readonly kept: readonly KeptCommission[]; readonly familiesPage: number },
): Promise<ReadonlySet<KeptCommission>> {
  const drawn = new Set<string>();
  for (let start = 0; start < kept.length; start += familiesPage) {
    const ids = kept.slice(start, start + familiesPage).map(({ standing }) => standing.id);
    const rows = [...(await findFamilies(tx, ids)).values()].flat();
    const parts = await payouts.takenParts(
      tx,
      rows.map(({ id }) => id),
    );
    for (const { id, reverses_id } of rows) if ((parts.get(id)?.taken ?? 0n) !== 0n) drawn.add(reverses_id ?? id);
  }
  return new Set(
    kept.filter(
      ({ status, standing }) => status === "disputed" || standing.closedBy === "person" || drawn.has(standing.id),
    ),
  );
}

/** Events, and whatever reverses them. */
function withReversals(history: readonly RecordedTransaction[], originals: ReadonlySet<string>): ReadonlySet<string> {
  const moved = new Set<string>();
  for (const { id, originalId } of history) {
    if (originals.has(id) || (originalId !== null && moved.has(originalId))) moved.add(id);
  }
  return moved;
}
