import type { CalendarDate } from "../kernel/calendar.ts";
import type { DomainEvent } from "../platform/outbox/index.ts";
import type { FilingRow } from "./filing-repository.ts";
import type { FormKind } from "./form-rules.ts";

type FormNews = {
  readonly partnerId: string;
  readonly form: FormKind | null;
  readonly validUntil: CalendarDate | null;
};

/** News of a partner's form. Nothing in it says what stands in the form. */
export const formEvent = (
  type: "tax.form_signed" | "tax.form_requested" | "tax.form_expiring" | "tax.form_expired",
  data: FormNews,
): DomainEvent => ({ type, objectType: "partner", objectId: data.partnerId, data });

/** That the operator orders backup withholding of a partner's payouts, or no longer does. */
export const withholdingEvent = (partnerId: string, isOrdered: boolean): DomainEvent => ({
  type: isOrdered ? "tax.withholding_ordered" : "tax.withholding_ended",
  objectType: "partner",
  objectId: partnerId,
  data: { partnerId },
});

/** That a partner has a document. Amounts are left out: they are in the document. */
export const documentEvent = (filing: FilingRow): DomainEvent => ({
  type: "tax.document_available",
  objectType: "tax_document",
  objectId: filing.id,
  data: { id: filing.id, partnerId: filing.partner_id, year: filing.year, kind: filing.kind },
});
