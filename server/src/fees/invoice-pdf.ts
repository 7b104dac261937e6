import { buffer } from "node:stream/consumers";
import { formatMajor } from "../kernel/money.ts";
import { drawBrand, FONTS, newDocument } from "../platform/pdf/index.ts";
import type { PrintedInvoice } from "./printed-invoice.ts";

const MARGIN = 42;
const RIGHT = 553;
const BOTTOM = 780;
const QUANTITY = 370;
/** How wide the title may be where a logo stands beside it. */
const LOGO_BESIDE = 350;

/**
 * An invoice as PDF. Lines are at most some hundreds, so it is made in one piece. Dates and ids in it are the invoice's: the same invoice
 * gives the same bytes until more of it is settled, or its issuer looks otherwise.
 */
export async function invoicePdf(invoice: PrintedInvoice): Promise<Buffer> {
  const { currency } = invoice;
  const title = `Invoice ${invoice.number}`;
  const doc = await newDocument({
    size: "A4",
    margin: MARGIN,
    lang: "en",
    info: { Title: title, Author: invoice.programme, CreationDate: invoice.issuedAt, ModDate: invoice.issuedAt },
  } as PDFKit.PDFDocumentOptions);
  doc.registerFont("regular", FONTS.regular);
  doc.registerFont("bold", FONTS.bold);
  const done = buffer(doc);
  const money = (amount: bigint): string => `${formatMajor(amount, currency)} ${currency}`;

  const { brand } = invoice;
  if (brand) drawBrand(doc, brand, { right: RIGHT, top: MARGIN - 8 });
  doc
    .font("bold")
    .fontSize(16)
    .text(`${invoice.programme}: ${title}`, { width: brand?.logo ? LOGO_BESIDE : undefined });
  doc.font("regular").fontSize(9).moveDown();
  doc.text(`To ${invoice.partner}`).text(`Issued ${invoice.issuedOn}, due ${invoice.dueOn}`).moveDown();

  /** One row: text, what it is a multiple of, amount at the right margin; a row that does not fit begins a page. */
  const row = (font: "regular" | "bold", text: string, middle: string, amount: string): void => {
    doc.font(font).fontSize(9);
    const height = doc.heightOfString(text, { width: QUANTITY - MARGIN - 10 });
    if (doc.y + height > BOTTOM) doc.addPage();
    const { y } = doc;
    doc.text(middle, QUANTITY, y, { lineBreak: false });
    doc.text(amount, RIGHT - doc.widthOfString(amount), y, { lineBreak: false });
    doc.text(text, MARGIN, y, { width: QUANTITY - MARGIN - 10 });
    doc.y = y + height + 3;
  };
  for (const { description, quantity, unitAmount, amount } of invoice.lines)
    row("regular", description, `${quantity} × ${formatMajor(unitAmount, currency)}`, money(amount));
  row("bold", "Total, without tax", "", money(invoice.total));
  for (const { kind, number, reference, recordedAt, amount } of invoice.settlements)
    row(
      "regular",
      number === null ? reference : `Credit note ${number}: ${reference}`,
      `${kind.replace("_", " ")} ${recordedAt.toISOString().slice(0, 10)}`,
      money(-amount),
    );
  row("bold", "Open", "", money(invoice.open));
  doc.end();
  return done;
}
