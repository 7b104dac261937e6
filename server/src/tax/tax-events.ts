import type { CalendarDate } from "../kernel/calendar.ts";
import { derivedId } from "../kernel/id.ts";
import type { DomainEvent } from "../platform/outbox/index.ts";
import type { FilingRow } from "./filing-repository.ts";
import type { FormKind } from "./form-rules.ts";
import type { TaxSettings } from "./settings-repository.ts";

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

/** How a partner has its tax documents from now on. */
export const deliveryEvent = (partnerId: string, isElectronic: boolean): DomainEvent => ({
  type: "tax.delivery_changed",
  objectType: "partner",
  objectId: partnerId,
  data: { partnerId, isElectronic },
});

/** News of how the programme deals with taxes: not of who pays. */
export const taxSettingsEvent = (tenantId: string, settings: TaxSettings): DomainEvent => {
  const { payoutsWait, withholdsWithoutForm, timeZone, methodsReportedElsewhere } = settings;
  return {
    type: "tax_settings.changed",
    objectType: "tax_settings",
    objectId: derivedId("tax_settings", tenantId),
    data: { payoutsWait, withholdsWithoutForm, timeZone, methodsReportedElsewhere },
  };
};

/** News of what was entered of a tax year. */
export const yearFiguresEvent = (
  tenantId: string,
  figures: {
    readonly year: number;
    readonly threshold: bigint;
    readonly withholdingRate: number;
    readonly rates: readonly { readonly currency: string; readonly unitsPerDollar: number }[];
  },
): DomainEvent => ({
  type: "tax_year.figures_changed",
  objectType: "tax_year",
  objectId: derivedId("tax_year", tenantId, String(figures.year)),
  data: {
    year: figures.year,
    threshold: figures.threshold,
    withholdingRate: figures.withholdingRate,
    rates: figures.rates,
  },
});

/** That returns of a tax year were frozen. */
export const yearEvent = (
  tenantId: string,
  type: "tax_year.closed" | "tax_year.corrected",
  { year, run, returns }: { readonly year: number; readonly run: number; readonly returns: number },
): DomainEvent => ({
  type,
  objectType: "tax_year",
  objectId: derivedId("tax_year", tenantId, String(year)),
  data: { year, run, returns },
});
