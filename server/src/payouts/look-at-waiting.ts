import { invariant } from "../kernel/invariant.ts";
import type { Ctx } from "../platform/context.ts";
import type { ReadTx, Tx } from "../platform/database/index.ts";
import type { TimeLimit } from "../platform/time-limit.ts";
import { askingTime } from "./ask-gates.ts";
import { type Clearance, clearPayouts, type Obstacle } from "./clear-payout.ts";
import type { PayoutDeps } from "./payout-deps.ts";
import type { PayoutRow } from "./payout-repository.ts";
import {
  findQueue,
  type HeldNote,
  lockWaitingOf,
  noteFree,
  noteHeld,
  takeWaiting,
  type Waiting,
} from "./waiting-repository.ts";

/** Payouts found held in one look. Those behind them are looked at next: what is held goes to the end of the queue. */
const HELD_MAX = 1_000;
/** Payouts that one look goes through, whatever becomes of them. */
const SEEN_MAX = 5_000;

export type Cleared = { readonly payout: PayoutRow; readonly clearance: Extract<Clearance, { isClear: true }> };

/** A payout that stays, whose it is, and what stands against it. */
export type Held = HeldNote & Pick<Obstacle, "about"> & { readonly partnerId: string };

/** Which of these payouts may leave now. */
export async function sortOut(
  deps: PayoutDeps,
  tx: ReadTx,
  payouts: readonly PayoutRow[],
  time?: TimeLimit,
): Promise<{ readonly clear: Cleared[]; readonly held: Held[] }> {
  const clearances = await clearPayouts(deps, tx, payouts, time);
  const clear: Cleared[] = [];
  const held: Held[] = [];
  for (const payout of payouts) {
    const clearance = clearances.get(payout.id);
    invariant(clearance, "every payout that was asked about has an answer");
    if (clearance.isClear) clear.push({ payout, clearance });
    else held.push(heldBy(payout, clearance.obstacle));
  }
  return { clear, held };
}

export const heldBy = (
  { id, partner_id: partnerId }: Pick<PayoutRow, "id" | "partner_id">,
  { name, about, isLasting, facts }: Obstacle,
): Held => ({
  payoutId: id,
  partnerId,
  code: `payout.${name}`,
  reason: typeof facts["reason"] === "string" ? facts["reason"] : null,
  about,
  isLasting,
});

/**
 * Joins a transaction: goes through what waits and gives what may leave to `take`, a page at a time, until it has taken `limit`; `take` says how
 * many it took. Returns what is held, and writes it down: next time it comes after what is not known to be.
 */
export async function lookThrough(
  deps: PayoutDeps,
  tx: Tx,
  { limit, ...which }: Waiting & { readonly limit: number },
  take: (clear: readonly Cleared[]) => Promise<number>,
): Promise<Held[]> {
  const all: Held[] = [];
  // Of what is held against its partner one page is looked at, and the rest of the partner passed over.
  const refused = new Map<string, Held>();
  let [taken, seen] = [0, 0];
  let after: PayoutRow | undefined;
  const time = askingTime();
  while (taken < limit && all.length < HELD_MAX && seen < SEEN_MAX && time.leftMs() > 0) {
    const page = await takeWaiting(tx, { ...which, after, limit: limit - taken, except: new Set(refused.keys()) });
    if (page.length === 0) break;
    const { clear, held } = await sortOut(deps, tx, page, time);
    for (const one of held) if (one.about === "partner") refused.set(one.partnerId, one);
    all.push(...held);
    taken += await take(clear);
    seen += page.length;
    after = page.at(-1);
  }
  const alike = (refused.size === 0 ? [] : await lockWaitingOf(tx, [...refused.keys()])).flatMap(
    ({ id, partner_id: partnerId }) => {
      const one = refused.get(partnerId);
      return one === undefined ? [] : [{ ...one, payoutId: id }];
    },
  );
  await noteHeld(tx, [...new Map([...alike, ...all].map((one) => [one.payoutId, one])).values()]);
  return all;
}

/** Payouts of a kind that one wake looks at, and in one transaction. */
const LOOKED_AT_MAX = 1_000;
const PAGE = 100;

/**
 * Looks at what waits, so that each says what it waits for, and what is free again comes forward: what is not known to be held, oldest first, and
 * what is, looked at longest ago first. Nothing is released.
 */
export const lookAtWaiting =
  (deps: PayoutDeps) =>
  async (ctx: Ctx): Promise<{ readonly held: number }> => {
    const ids = await deps.db.read(ctx, async (tx) => [
      ...(await findQueue(tx, { isHeld: true, limit: LOOKED_AT_MAX })),
      ...(await findQueue(tx, { isHeld: false, limit: LOOKED_AT_MAX })),
    ]);
    let held = 0;
    for (let from = 0; from < ids.length; from += PAGE)
      held += await deps.db.transaction(ctx, async (tx) => {
        const page = { ids: ids.slice(from, from + PAGE), limit: PAGE, after: undefined, except: new Set<string>() };
        const found = await sortOut(deps, tx, await takeWaiting(tx, page));
        await noteHeld(tx, found.held);
        await noteFree(
          tx,
          found.clear.map(({ payout }) => payout.id),
        );
        return found.held.length;
      });
    return { held };
  };
