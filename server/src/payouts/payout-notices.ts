import type { Ctx } from "../platform/context.ts";
import type { ReadTx, Tx } from "../platform/database/index.ts";
import { enqueueAll } from "../platform/jobs/index.ts";
import { instantInWords, moneyInWords, type Reader, say } from "../platform/language/index.ts";
import { composeMail, type Mail, type MailText } from "../platform/mail/index.ts";
import { findOwnTenant } from "../tenants/index.ts";
import type { MethodRow } from "./method-repository.ts";
import type { PayoutDeps } from "./payout-deps.ts";
import { findPayout, type PayoutRow } from "./payout-repository.ts";

/** Payloads hold ids: addresses are looked up when the mail is sent, so that the queue holds none. */
export const TELL_FAILED_JOB = "payouts.tell_failed";
export const TELL_RECONCILED_JOB = "payouts.tell_reconciled";

/** One mail to one member of the team; the partner is told by its notices. */
export type FailedNotice = { readonly payoutId: string; readonly code: string; readonly userId: string };
/** What could not be compared, and why, by the code of its refusal. */
export type MissedPeriod = { readonly from: string; readonly to: string; readonly code: string };
export type ReconciliationNotice = {
  readonly userId: string;
  readonly from: string;
  readonly to: string;
  readonly differences: number;
  /** Absent from what an earlier release has put into the queue. */
  readonly missed?: readonly MissedPeriod[];
};

/** Has whoever pays told, after commit, that money did not arrive: a mail each, so that one that fails repeats no other. */
export async function tellFailed(deps: PayoutDeps, tx: Tx, payout: PayoutRow): Promise<void> {
  const readers = await deps.people.findPayers(tx);
  await enqueueAll(
    tx,
    TELL_FAILED_JOB,
    readers.map((userId) => ({
      payload: { payoutId: payout.id, code: payout.failure_code ?? "", userId } satisfies FailedNotice,
    })),
  );
}

/** Has the partner told that it is paid another way now: whoever did not do that has time to say so. It stays inside, as `payout_method.changed` is told too. */
export const tellReplaced = (
  { outbox }: Pick<PayoutDeps, "outbox">,
  tx: Tx,
  { partner_id: partnerId, summary, usable_at: usableAt }: MethodRow,
): Promise<void> =>
  outbox.publish(tx, [
    {
      type: "partner_notice.payout_method_replaced",
      objectType: "partner",
      objectId: partnerId,
      data: { partnerId, summary, usableAt },
    },
  ]);

/** Has whoever pays told that the books and the provider differ, or could not be compared. */
export async function tellReconciled(
  deps: PayoutDeps,
  tx: Tx,
  found: Omit<ReconciliationNotice, "userId">,
): Promise<void> {
  const readers = await deps.people.findPayers(tx);
  await enqueueAll(
    tx,
    TELL_RECONCILED_JOB,
    readers.map((userId) => ({ payload: { ...found, userId } satisfies ReconciliationNotice })),
  );
}

/** What it says, and where in the portal it is shown. */
type TeamText = MailText & { readonly path: string };

type NoticeDeps = Pick<PayoutDeps, "db" | "mailer" | "people" | "programs" | "publicUrl">;

/** Sends the message. A mail server that refuses is asked again by the queue. */
export const sendFailedNotice =
  (deps: NoticeDeps) =>
  async (ctx: Ctx, { payoutId, code, userId }: FailedNotice): Promise<void> => {
    const mail = await deps.db.read(ctx, async (tx) => {
      const payout = await findPayout(tx, payoutId);
      return payout && writeTo(deps, tx, userId, (reader) => failedText(reader, payout, code));
    });
    if (mail) await deps.mailer.send(mail, ctx);
  };

function failedText({ language }: Reader, payout: PayoutRow, code: string): TeamText {
  const amount = moneyInWords(language, payout.amount, payout.currency);
  return {
    subject: say(language, "payoutFailed.subject", { amount }),
    lines: [
      say(language, "payoutFailed.text", { id: payout.id, partner: payout.partner_id, amount, code }),
      say(language, "payoutFailed.what"),
    ],
    path: `/payouts?tab=all&open=${payout.id}`,
  };
}

/** Tells a member of the team what the daily comparison has found, and what it could not compare. */
export const sendReconciliationNotice =
  (deps: NoticeDeps) =>
  async (ctx: Ctx, { userId, ...found }: ReconciliationNotice): Promise<void> => {
    const mail = await deps.db.read(ctx, (tx) =>
      writeTo(deps, tx, userId, (reader, zone) => comparedText(reader, found, zone)),
    );
    if (mail) await deps.mailer.send(mail, ctx);
  };

function comparedText(
  { language }: Reader,
  { from, to, differences, missed = [] }: Omit<ReconciliationNotice, "userId">,
  timeZone: string,
): TeamText {
  const time = (instant: string): string => instantInWords(language, new Date(instant), timeZone);
  const found =
    differences === 0
      ? []
      : [
          say(language, "reconciled.text", { count: differences, from: time(from), to: time(to) }),
          say(language, "reconciled.what"),
        ];
  const unknown = missed.map((one) =>
    say(language, "reconciled.missed", { from: time(one.from), to: time(one.to), code: one.code }),
  );
  const subject = missed.length > 0 ? "reconciled.missed.subject" : "reconciled.subject";
  return { subject: say(language, subject), lines: [...found, ...unknown], path: "/payouts?tab=compare" };
}

/** A mail to a member of the team, hours in the programme's time zone; undefined where somebody has left it since. */
async function writeTo(
  deps: NoticeDeps,
  tx: ReadTx,
  userId: string,
  write: (reader: Reader, timeZone: string) => TeamText,
): Promise<Mail | undefined> {
  const reader = (await deps.people.contactsOf(tx, [userId])).get(userId);
  const { url, look } = await findOwnTenant(tx, deps.publicUrl);
  const { timeZone } = await deps.programs.getProgram(tx);
  if (reader === undefined) return undefined;
  const { path, ...text } = write(reader, timeZone);
  const button = { label: say(reader.language, "notice.button"), url: `${url}/portal${path}` };
  return composeMail(reader, { ...text, button }, look);
}
