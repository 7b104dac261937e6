import { formatMajor } from "../kernel/money.ts";
import type { Ctx } from "../platform/context.ts";
import type { ReadTx, Tx } from "../platform/database/index.ts";
import { enqueueAll } from "../platform/jobs/index.ts";
import { composeMail, type MailText } from "../platform/mail/index.ts";
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

type NoticeDeps = Pick<PayoutDeps, "db" | "mailer" | "people">;

/** Sends the message. A mail server that refuses is asked again by the queue. */
export const sendFailedNotice =
  (deps: NoticeDeps) =>
  async (ctx: Ctx, { payoutId, code, userId }: FailedNotice): Promise<void> => {
    const mail = await deps.db.read(ctx, async (tx) => {
      const payout = await findPayout(tx, payoutId);
      if (payout === undefined) return undefined;
      const email = await teamEmail(deps, tx, userId);
      const sum = `${formatMajor(payout.amount, payout.currency)} ${payout.currency}`;
      return email && composeMail(email, toTeam(payout, sum, code));
    });
    if (mail) await deps.mailer.send(mail, ctx);
  };

const toTeam = (payout: PayoutRow, sum: string, code: string): MailText => ({
  subject: `A payout of ${sum} failed`,
  lines: [
    `Payout ${payout.id} to partner ${payout.partner_id}, of ${sum}, failed: ${code}.`,
    "The amount is the partner's balance again. The transfers of the payout say what was tried.",
  ],
});

/** Tells a member of the team what the daily comparison has found, and what it could not compare. */
export const sendReconciliationNotice =
  (deps: NoticeDeps) =>
  async (ctx: Ctx, { userId, from, to, differences, missed = [] }: ReconciliationNotice): Promise<void> => {
    const email = await deps.db.read(ctx, (tx) => teamEmail(deps, tx, userId));
    if (email === undefined) return;
    const found =
      differences === 0
        ? []
        : [
            `The books and Stripe differ in ${differences} transfers between ${from} and ${to}.`,
            "The reconciliation of payouts for this period names each, with what to do.",
          ];
    const unknown = missed.map((one) => `${one.from} to ${one.to} could not be compared: ${one.code}.`);
    const subject = missed.length > 0 ? "Payouts were not all compared with Stripe" : "Payouts and Stripe differ";
    await deps.mailer.send(composeMail(email, { subject, lines: [...found, ...unknown] }), ctx);
  };

/** Undefined where somebody has left the team since. */
const teamEmail = async (deps: NoticeDeps, tx: ReadTx, userId: string): Promise<string | undefined> =>
  (await deps.people.contactsOf(tx, [userId])).get(userId)?.email;
