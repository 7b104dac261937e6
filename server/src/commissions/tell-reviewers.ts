import type { Ctx } from "../platform/context.ts";
import type { Tx } from "../platform/database/index.ts";
import { enqueue } from "../platform/jobs/index.ts";
import { instantInWords, type Language, type Reader, say } from "../platform/language/index.ts";
import { composeMail } from "../platform/mail/index.ts";
import { findOwnTenant } from "../tenants/index.ts";
import type { CommissionDeps } from "./commission-deps.ts";

/** The job that writes to the operator's administrators about a dispute. */
export const TELL_REVIEWERS_JOB = "commissions.tell_reviewers";

export type ReviewerNotice = {
  readonly subject: "opened" | "reminded" | "escalated";
  readonly disputeId: string;
  /** What the partner or a reviewer wrote; null where the program says it itself. */
  readonly text: string | null;
  /** As ISO 8601 writes it: until when it is to be decided. */
  readonly dueAt?: string | undefined;
};

/** Has the administrators told after commit; their addresses are looked up then. */
export const tellReviewers = (tx: Tx, notice: ReviewerNotice): Promise<void> => enqueue(tx, TELL_REVIEWERS_JOB, notice);

/** Sends the messages. A mail server that refuses is asked again by the queue. */
export const sendReviewerNotice =
  (deps: Pick<CommissionDeps, "db" | "mailer" | "people" | "programs" | "publicUrl">) =>
  async (ctx: Ctx, notice: ReviewerNotice): Promise<void> => {
    const mails = await deps.db.read(ctx, async (tx) => {
      const { look, url } = await findOwnTenant(tx, deps.publicUrl);
      const { timeZone } = await deps.programs.getProgram(tx);
      const readers = await deps.people.findAdministrators(tx);
      return readers.map((reader) => composeMail(reader, textFor(reader, notice, { timeZone, url }), look));
    });
    for (const mail of mails) await deps.mailer.send(mail, ctx);
  };

function textFor(
  { language }: Reader,
  { subject: what, disputeId, text, dueAt }: ReviewerNotice,
  { timeZone, url }: { readonly timeZone: string; readonly url: string },
) {
  const subject = say(language, `review.${what}`);
  const own = dueAt === undefined ? say(language, "review.late") : dueIn(language, dueAt, timeZone);
  return {
    subject,
    lines: [`${subject}.`, text === null ? own : { quoted: text }, say(language, "review.dispute", { id: disputeId })],
    button: { label: say(language, "notice.button"), url: `${url}/portal/disputes?open=${disputeId}` },
  };
}

const dueIn = (language: Language | null, dueAt: string, timeZone: string): string =>
  say(language, "review.due", { time: instantInWords(language, new Date(dueAt), timeZone) });
