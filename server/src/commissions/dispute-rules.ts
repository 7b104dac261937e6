import { DAY_MS } from "../kernel/clock.ts";

/**
 * Where a dispute can go. `open` waits for us, `waiting` for the partner, `escalated` for a second reviewer. It ends `upheld` (the number
 * stands), `adjusted` (it was changed), `cancelled` (the commission is not owed) or `withdrawn` by the partner.
 */
export const DISPUTE_TRANSITIONS = {
  open: ["waiting", "escalated", "upheld", "adjusted", "cancelled", "withdrawn"],
  waiting: ["open", "escalated", "upheld", "adjusted", "cancelled", "withdrawn"],
  escalated: ["waiting", "upheld", "adjusted", "cancelled", "withdrawn"],
  upheld: [],
  adjusted: [],
  cancelled: [],
  withdrawn: [],
} as const satisfies Record<string, readonly string[]>;

export type DisputeStatus = keyof typeof DISPUTE_TRANSITIONS;
export const DISPUTE_STATUSES = Object.keys(DISPUTE_TRANSITIONS) as DisputeStatus[];

/** States in which a dispute holds its amount and can be acted on; what goes nowhere is settled. */
export const UNSETTLED = ["open", "waiting", "escalated"] as const satisfies readonly DisputeStatus[];
export type Settled = Exclude<DisputeStatus, (typeof UNSETTLED)[number]>;
export const isUnsettled = (status: DisputeStatus): boolean => DISPUTE_TRANSITIONS[status].length > 0;

/** States from which `to` may be reached: for the `where` of the one statement that moves a dispute. */
export const disputeStatesBefore = (to: DisputeStatus): DisputeStatus[] =>
  DISPUTE_STATUSES.filter((from) => (DISPUTE_TRANSITIONS[from] as readonly string[]).includes(to));

export const REFERENCE_KINDS = ["transaction", "customer", "referral", "click"] as const;
/** What a missing commission is looked for by. */
export type ReferenceKind = (typeof REFERENCE_KINDS)[number];

export const MESSAGE_KINDS = ["answer", "message", "question", "note"] as const;
/** `answer` is the partner's; `message` and `question` the operator's; a `note` stays among the team. */
export type MessageKind = (typeof MESSAGE_KINDS)[number];

/** How long a dispute may take, in days. */
export type DisputeSettings = {
  /** We have to decide, and a second reviewer again. */
  readonly answerDays: number;
  /** The partner has to answer a question. */
  readonly partnerDays: number;
  /** Before it is due, whoever is to act is reminded. */
  readonly reminderDays: number;
};

export const DISPUTE_SETTINGS_DEFAULTS: DisputeSettings = { answerDays: 5, partnerDays: 10, reminderDays: 2 };

export const inDays = (from: Date, days: number): Date => new Date(from.getTime() + days * DAY_MS);

/** What is left of our time when the clock stops; nothing where it was over. */
export const timeLeft = (dueAt: Date, now: Date): bigint => BigInt(Math.max(0, dueAt.getTime() - now.getTime()));

/** What the clock asks for: a reminder first, and what follows from silence only after it. */
export type ClockStep = "nothing" | "remind" | "escalate" | "uphold";

/**
 * What is to be done about a dispute at an instant. Nobody loses by a silence that no reminder came before: where the reminder itself was late,
 * what follows waits until a day after it. A reminder that is still to come was sent before the clock was set back: it is sent again, or what
 * follows would wait for that day.
 */
export function clockStep(
  dispute: { readonly status: DisputeStatus; readonly dueAt: Date | null; readonly remindedAt: Date | null },
  { reminderDays }: Pick<DisputeSettings, "reminderDays">,
  now: Date,
): ClockStep {
  const { status, dueAt, remindedAt } = dispute;
  if (dueAt === null) return "nothing";
  if (remindedAt === null || remindedAt > now) return inDays(now, reminderDays) >= dueAt ? "remind" : "nothing";
  const isOver = now >= dueAt && now >= inDays(remindedAt, 1);
  if (!isOver) return "nothing";
  if (status === "open") return "escalate";
  return status === "waiting" ? "uphold" : "nothing";
}

export type ReviewerRefusal = "person_required" | "same_person" | "second_required";

/**
 * Whether somebody may decide: of an escalated dispute another person than the first reviewer, by themselves and not by a key. Above the
 * programme's limit for money that one person may let go, it has to have been escalated by a person.
 */
export function refuseReviewer(of: {
  readonly firstReviewer: string | null;
  readonly userId: string | null;
  readonly isAboveLimit: boolean;
}): ReviewerRefusal | undefined {
  if (of.firstReviewer === null) return of.isAboveLimit ? "second_required" : undefined;
  if (of.userId === null) return "person_required";
  return of.userId === of.firstReviewer ? "same_person" : undefined;
}

/** Whether a change of so much is more than one person may decide. */
export const isAboveLimit = (by: bigint, limit: bigint | null): boolean =>
  limit !== null && (by < 0n ? -by : by) > limit;
