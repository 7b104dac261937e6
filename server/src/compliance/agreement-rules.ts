import { DAY_MS } from "../kernel/clock.ts";
import { sha256 } from "./list-rules.ts";
import type { GateAnswer } from "./screening-rules.ts";

/** What a partner accepts by: of the title and the text, as they were shown. */
export const textHash = ({ title, body }: { readonly title: string; readonly body: string }): string =>
  sha256(`${title}\n${body}`);

export type VersionDuty = {
  readonly name: string;
  readonly number: number;
  readonly effectiveFrom: Date;
  readonly graceDays: number;
  readonly blocksPayouts: boolean;
  readonly blocksApproval: boolean;
  readonly isAccepted: boolean;
  /** An earlier version was accepted. */
  readonly hasAcceptedBefore: boolean;
};

/** From when on it blocks who has not accepted it: the grace runs from its first day, or from joining where that was later. */
export const acceptBy = (
  { effectiveFrom, graceDays }: Pick<VersionDuty, "effectiveFrom" | "graceDays">,
  joinedAt: Date,
): Date => new Date(Math.max(effectiveFrom.getTime(), joinedAt.getTime()) + graceDays * DAY_MS);

/**
 * Whether the agreements in force let a partner be approved or paid. Who applies accepts first, without grace: the grace is for who worked under
 * an earlier version.
 */
export function decideAgreements(
  what: "approval" | "payout",
  duties: readonly VersionDuty[],
  { joinedAt, now }: { readonly joinedAt: Date; readonly now: Date },
): GateAnswer {
  const missing = duties.find((duty) => {
    if (duty.isAccepted || !(what === "approval" ? duty.blocksApproval : duty.blocksPayouts)) return false;
    return (what === "approval" && !duty.hasAcceptedBefore) || now >= acceptBy(duty, joinedAt);
  });
  return missing === undefined
    ? { allowed: true }
    : { allowed: false, reason: `Agreement: '${missing.name}', version ${missing.number}, is not accepted` };
}

/** Whether a version may come into force then: not in the past, and after the one before it. */
export const mayBeEffective = (from: Date, before: Date | undefined, now: Date): boolean =>
  from >= now && (before === undefined || from > before);
