import { formatMajor } from "../kernel/money.ts";
import type { Ctx } from "../platform/context.ts";
import type { Tx } from "../platform/database/index.ts";
import { enqueue } from "../platform/jobs/index.ts";
import { composeMail } from "../platform/mail/index.ts";
import type { CommissionDeps } from "./commission-deps.ts";

/** The job that writes to a partner what an operator has done to its money. */
export const TELL_PARTNER_JOB = "commissions.tell_partner";

const SUBJECTS = {
  dispute_resolved: "Your dispute has been settled",
  dispute_question: "We have a question about your dispute",
  dispute_message: "There is news about your dispute",
  dispute_reminder: "Your answer about your dispute is due soon",
  commission_cancelled: "A commission has been cancelled",
  commission_granted: "You have been granted a bonus",
  debt_written_off: "A debt has been written off",
} as const;

export type PartnerNotice = {
  readonly partnerId: string;
  readonly subject: keyof typeof SUBJECTS;
  /** Minor units, as text: a job's payload is plain JSON. Absent where no amount is known. */
  readonly amount?: string;
  readonly currency?: string;
  readonly reason: string;
};

/** Has the partner told after commit; the address is looked up then, so that the queue holds none. */
export const tellPartner = (tx: Tx, notice: PartnerNotice): Promise<void> => enqueue(tx, TELL_PARTNER_JOB, notice);

/** Sends the message. A mail server that refuses is asked again by the queue. */
export const sendPartnerNotice =
  (deps: Pick<CommissionDeps, "db" | "mailer" | "partners">) =>
  async (ctx: Ctx, notice: PartnerNotice): Promise<void> => {
    const { email } = await deps.db.read(ctx, (tx) => deps.partners.contactOf(tx, notice.partnerId));
    const subject = SUBJECTS[notice.subject];
    const { amount, currency, reason } = notice;
    const lines = [
      `${subject}.`,
      ...(amount === undefined || currency === undefined
        ? [reason]
        : [`Amount: ${formatMajor(BigInt(amount), currency)} ${currency}`, `Reason: ${reason}`]),
    ];
    await deps.mailer.send(composeMail(email, { subject, lines }));
  };
