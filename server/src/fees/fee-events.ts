import type { DomainEvent } from "../platform/outbox/index.ts";
import type { AgreementRow, InvoiceRow, UsageRow } from "./fee-repository.ts";
import { openOf } from "./fee-rules.ts";

/** News of an invoice. */
export const invoiceEvent = (
  type:
    | "invoice.issued"
    | "invoice.paid"
    | "invoice.credited"
    | "invoice.set_off"
    | "invoice.set_off_undone"
    | "invoice.overdue",
  invoice: InvoiceRow,
): DomainEvent => ({
  type,
  objectType: "invoice",
  objectId: invoice.id,
  data: {
    id: invoice.id,
    partnerId: invoice.partner_id,
    number: invoice.number,
    currency: invoice.currency,
    total: invoice.total,
    paid: invoice.paid,
    setOff: invoice.set_off,
    credited: invoice.credited,
    open: openOf(invoice),
    dueOn: invoice.due_on,
  },
});

/** News of card products that a partner is charged. */
export const usageEvent = ({ id, reference, quantity }: UsageRow, partnerId: string): DomainEvent => ({
  type: "fee.usage_recorded",
  objectType: "fee_usage",
  objectId: id,
  data: { partnerId, reference, quantity },
});

/** News of what was agreed on fees. */
export const agreementEvent = (agreement: AgreementRow): DomainEvent => ({
  type: "fee.agreed",
  objectType: "partner",
  objectId: agreement.partner_id,
  data: {
    partnerId: agreement.partner_id,
    startsOn: agreement.starts_on,
    endsOn: agreement.ends_on,
    supportFrom: agreement.support_from,
    maySetOff: agreement.may_set_off,
    dueDays: agreement.due_days,
  },
});
