import { dateInZone } from "../kernel/calendar.ts";
import { type Ctx, withoutIdempotency } from "../platform/context.ts";
import { enqueueAll } from "../platform/jobs/index.ts";
import { dayInWords, moneyInWords, type Reader, say } from "../platform/language/index.ts";
import { composeMail, type MailText } from "../platform/mail/index.ts";
import { findOwnTenant } from "../tenants/index.ts";
import type { FeeDeps } from "./fee-deps.ts";
import { invoiceEvent } from "./fee-events.ts";
import { findInvoice, type InvoiceRow, takeOverdue } from "./fee-repository.ts";
import { openOf } from "./fee-rules.ts";

/** The job that reminds a partner of an invoice. */
export const REMIND_JOB = "fees.remind";
export type Reminder = { readonly invoiceId: string };

const REMINDED_AT_ONCE = 100;

/** Tells, once, of each invoice that is open after its day. A mail follows, and two more each a fortnight later while it stays open. */
export const remindOverdue =
  (deps: FeeDeps) =>
  async (given: Ctx): Promise<{ readonly told: number }> => {
    const ctx = withoutIdempotency(given);
    let told = 0;
    while (true) {
      const taken = await deps.db.transaction(ctx, async (tx) => {
        const today = dateInZone(ctx.now, (await deps.programs.getProgram(tx)).timeZone);
        const invoices = await takeOverdue(tx, today, REMINDED_AT_ONCE);
        await deps.outbox.publish(
          tx,
          invoices
            .filter(({ reminders }) => reminders === 0)
            .map((invoice) => invoiceEvent("invoice.overdue", invoice)),
        );
        await enqueueAll(
          tx,
          REMIND_JOB,
          invoices.map(({ id }) => ({ payload: { invoiceId: id } satisfies Reminder })),
        );
        return invoices.length;
      });
      if (taken === 0) return { told };
      told += taken;
    }
  };

/** Sends the mail; what has been settled meanwhile is not asked for. */
export const sendReminder =
  (deps: FeeDeps) =>
  async (ctx: Ctx, { invoiceId }: Reminder): Promise<void> => {
    const found = await deps.db.read(ctx, async (tx) => {
      const invoice = await findInvoice(tx, invoiceId);
      if (invoice === undefined || openOf(invoice) === 0n) return undefined;
      const { partner_id: partnerId } = invoice;
      return {
        invoice,
        contact: await deps.partners.contactOf(tx, partnerId),
        look: await deps.partnerLook?.(tx, partnerId),
        url: (await findOwnTenant(tx, deps.publicUrl)).url,
      };
    });
    if (found === undefined) return;
    const { invoice, contact, look, url } = found;
    await deps.mailer.send(composeMail(contact, textFor(contact, invoice, url), look), ctx);
  };

const textFor = ({ language }: Reader, invoice: InvoiceRow, url: string): MailText => ({
  subject: say(language, "overdue.subject", { number: String(invoice.number) }),
  lines: [
    say(language, "overdue.text", { number: String(invoice.number), day: dayInWords(language, invoice.due_on) }),
    say(language, "overdue.open", { amount: moneyInWords(language, openOf(invoice), invoice.currency) }),
  ],
  button: { label: say(language, "notice.button"), url: `${url}/portal/fees?open=${invoice.id}` },
});
