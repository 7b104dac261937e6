import { DAY_MS } from "../kernel/clock.ts";

export const CASE_STATUSES = ["open", "refused", "appealed", "cleared", "final"] as const;
/** `open`: to be decided. `refused`: decided against the partner, who may appeal. `appealed`: to be decided again. The others: settled. */
export type CaseStatus = (typeof CASE_STATUSES)[number];

export const DECISIONS = ["clear", "refuse"] as const;
export type Decision = (typeof DECISIONS)[number];

export type Decided =
  | { readonly isAllowed: false; readonly problem: "wrong_state" | "same_person" }
  | {
      readonly isAllowed: true;
      readonly status: Exclude<CaseStatus, "open" | "appealed">;
      readonly appealUntil: Date | null;
    };

/**
 * What becomes of a case that a person decides. A refusal can be appealed first, so that nothing is lost that cannot be given back; that of an
 * appeal is final, and is another person's.
 */
export function decide(
  {
    status,
    decidedBy,
    appealUntil,
  }: { readonly status: CaseStatus; readonly decidedBy: string | null; readonly appealUntil: Date | null },
  by: { readonly decision: Decision; readonly person: string; readonly appealDays: number; readonly at: Date },
): Decided {
  if (status === "cleared" || status === "final") return { isAllowed: false, problem: "wrong_state" };
  if (status === "appealed" && decidedBy === by.person) return { isAllowed: false, problem: "same_person" };
  if (by.decision === "clear") return { isAllowed: true, status: "cleared", appealUntil };
  if (status === "refused") return { isAllowed: false, problem: "wrong_state" };
  if (status === "appealed" || by.appealDays === 0) return { isAllowed: true, status: "final", appealUntil };
  return { isAllowed: true, status: "refused", appealUntil: new Date(by.at.getTime() + by.appealDays * DAY_MS) };
}

/**
 * Whether a partner may say something now: once while a case is open, and once more against a refusal; against one that another partner of the customer
 * has appealed against, too, until it is decided. `appeal` is the partner's own.
 */
export const mayAppeal = (
  {
    status,
    appealUntil,
    appeal,
  }: { readonly status: CaseStatus; readonly appealUntil: Date | null; readonly appeal: string | null },
  at: Date,
): boolean =>
  ((status === "open" || status === "appealed") && appeal === null) ||
  (status === "refused" && appealUntil !== null && at < appealUntil);
