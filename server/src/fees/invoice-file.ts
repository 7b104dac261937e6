import { type Ctx, requirePartner, requireScope } from "../platform/context.ts";
import { DOCUMENT_TYPES, type Document, type DocumentFormat } from "../platform/files/index.ts";
import { headingOf } from "../platform/pdf/index.ts";
import type { FeeDeps } from "./fee-deps.ts";
import { invoiceDetail } from "./find-invoices.ts";
import { invoiceCsv } from "./invoice-csv.ts";
import { invoicePdf } from "./invoice-pdf.ts";

type InvoiceFile = Document & { readonly content: Buffer };

type Asked = { readonly invoiceId: string; readonly format: DocumentFormat };

/** An invoice of the acting partner, as PDF or CSV. Another's is not found. */
export const getInvoiceFile =
  (deps: FeeDeps) =>
  async (ctx: Ctx, asked: Asked): Promise<InvoiceFile> => {
    requireScope(ctx, "own:fees:read");
    return print(deps, ctx, { ...asked, ownerId: requirePartner(ctx) });
  };

/** The same for an operator. */
export const getInvoiceFileFor =
  (deps: FeeDeps) =>
  async (ctx: Ctx, asked: Asked): Promise<InvoiceFile> => {
    requireScope(ctx, "fees:read");
    return print(deps, ctx, asked);
  };

const WRITERS = { pdf: invoicePdf, csv: invoiceCsv } as const satisfies Record<DocumentFormat, unknown>;

async function print(
  deps: FeeDeps,
  ctx: Ctx,
  { invoiceId, format, ownerId }: Asked & { readonly ownerId?: string },
): Promise<InvoiceFile> {
  const invoice = await deps.db.read(ctx, async (tx) => {
    const detail = await invoiceDetail(deps, tx, invoiceId, ownerId);
    const { companyName } = await deps.partners.getPartner(tx, detail.partnerId);
    return {
      ...detail,
      partner: companyName ?? detail.partnerId,
      ...(await headingOf(deps, tx)),
    };
  });
  return {
    name: `invoice-${invoice.number}.${format}`,
    contentType: DOCUMENT_TYPES[format],
    content: await WRITERS[format](invoice),
  };
}
