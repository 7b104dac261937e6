import type { PdfBrand } from "../platform/pdf/index.ts";
import type { InvoiceDetail } from "./find-invoices.ts";

/** An invoice as it is written down. */
export type PrintedInvoice = InvoiceDetail & {
  readonly programme: string;
  readonly partner: string;
  readonly brand?: PdfBrand | undefined;
};
