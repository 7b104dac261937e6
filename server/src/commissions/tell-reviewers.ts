import type { Ctx } from "../platform/context.ts";
import type { Tx } from "../platform/database/index.ts";
import { enqueue } from "../platform/jobs/index.ts";
import { composeMail } from "../platform/mail/index.ts";
import type { CommissionDeps } from "./commission-deps.ts";

/** The job that writes to the operator's administrators about a dispute. */
export const TELL_REVIEWERS_JOB = "commissions.tell_reviewers";

const SUBJECTS = {
  opened: "A partner has opened a dispute",
  reminded: "A dispute is due soon",
  escalated: "A dispute needs a second reviewer",
} as const;

export type ReviewerNotice = {
  readonly subject: keyof typeof SUBJECTS;
  readonly disputeId: string;
  /** What the partner wrote, or when it is due. */
  readonly text: string;
};

/** Has the administrators told after commit; their addresses are looked up then. */
export const tellReviewers = (tx: Tx, notice: ReviewerNotice): Promise<void> => enqueue(tx, TELL_REVIEWERS_JOB, notice);

/** Sends the messages. A mail server that refuses is asked again by the queue. */
export const sendReviewerNotice =
  (deps: Pick<CommissionDeps, "db" | "mailer" | "people">) =>
  async (ctx: Ctx, notice: ReviewerNotice): Promise<void> => {
    const emails = await deps.db.read(ctx, (tx) => deps.people.findAdministratorEmails(tx));
    const subject = SUBJECTS[notice.subject];
    const lines = [`${subject}.`, notice.text, `Dispute: ${notice.disputeId}`];
    for (const email of emails) await deps.mailer.send(composeMail(email, { subject, lines }), ctx);
  };
