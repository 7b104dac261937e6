import { buffer } from "node:stream/consumers";
import { formatMajor } from "../kernel/money.ts";
import { drawLine, newDocument, registerFonts } from "../platform/pdf/index.ts";
import type { FilingRow } from "./filing-repository.ts";
import type { SignedForm } from "./form-content.ts";
import { accountNumberOf } from "./iris-csv.ts";
import type { Payer } from "./tax-settings.ts";
import { maskedTin, tinDigits, writtenTin } from "./tin-rules.ts";

const MARGIN = 42;
const WIDTH = 511;
const GAP = 13;

export type RecipientCopy = { readonly filing: FilingRow; readonly form: SignedForm; readonly payer: Payer };

/**
 * A recipient's copy of Form 1099-NEC, as a substitute statement: the recipient's number masked, the payer's in full. Names are written in
 * whatever script they are. The same return gives the same bytes.
 */
export async function recipientPdf({ filing, form, payer }: RecipientCopy): Promise<Buffer> {
  const title = `Form 1099-NEC ${filing.year}`;
  const doc = await newDocument({
    size: "LETTER",
    margin: MARGIN,
    lang: "en",
    info: { Title: title, Author: payer.name, CreationDate: filing.made_at, ModDate: filing.made_at },
  } as PDFKit.PDFDocumentOptions);
  registerFonts(doc);
  const done = buffer(doc);
  let y = MARGIN;
  const line = (
    text: string,
    { font = "regular", size = 9, gap = GAP }: { font?: "regular" | "bold"; size?: number; gap?: number } = {},
  ): void => {
    drawLine(doc, text, { font, size, x: MARGIN, y, width: WIDTH });
    y += gap;
  };
  const block = (heading: string, lines: readonly (string | null | undefined)[]): void => {
    line(heading, { font: "bold", size: 8 });
    for (const text of lines) if (text) line(text);
    y += 8;
  };

  line(`${title}: Nonemployee Compensation`, { font: "bold", size: 15, gap: 20 });
  line("Copy B for recipient. OMB No. 1545-0116. Substitute statement.", { gap: 18 });
  if (filing.kind !== "original") line("CORRECTED", { font: "bold", size: 12, gap: 20 });
  block("PAYER", [
    payer.name,
    payer.name2,
    payer.line1,
    payer.line2,
    `${payer.city}, ${payer.region} ${payer.postalCode}`,
    payer.phone,
    `Payer's TIN: ${writtenTin("ein", payer.ein)}`,
  ]);
  const { address } = form;
  const tin = form.tin && form.tinType ? maskedTin(form.tinType, (tinDigits(form.tin) ?? "").slice(5)) : "";
  block("RECIPIENT", [
    form.name,
    form.businessName,
    address.line1,
    address.line2,
    [address.city, address.region, address.postalCode, address.country].filter(Boolean).join(", "),
    `Recipient's TIN: ${tin}`,
    `Account number: ${accountNumberOf(filing.partner_id)}`,
  ]);
  block("AMOUNTS IN US DOLLARS", [
    `Box 1, nonemployee compensation: ${formatMajor(filing.amount, "USD")}`,
    `Box 4, federal income tax withheld: ${formatMajor(filing.withheld, "USD")}`,
  ]);
  for (const text of LEGEND) {
    doc.font("regular").fontSize(8).text(text, MARGIN, y, { width: WIDTH });
    y = doc.y + 5;
  }
  doc.end();
  return done;
}

/** What a recipient's copy has to say (IRS Publication 1179, substitute statements), and what helps to read it. */
const LEGEND = [
  "This is important tax information and is being furnished to the IRS. If you are required to file a return, a negligence penalty or other sanction may be imposed on you if this income is taxable and the IRS determines that it has not been reported.",
  "Box 1 shows what you were paid for services in the calendar year, by the day of each transfer, before fees and tax that were kept back. Box 4 shows backup withholding: include it on your return as tax withheld.",
  "Only the last four digits of your taxpayer identification number are shown. The IRS has been given the whole number.",
];
