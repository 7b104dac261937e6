import { Readable } from "node:stream";
import { setImmediate } from "node:timers/promises";
import { formatMajor } from "../../kernel/money.ts";
import { drawBrand, type PdfBrand } from "./draw-brand.ts";
import { FONTS } from "./fonts.ts";
import { newDocument } from "./new-document.ts";

/** What stands on a document of facts, totals and lines. */
export type LinedDocument<Line> = {
  /** In its properties, and at the foot of every page. */
  readonly title: string;
  /** At its head, behind who makes it out. */
  readonly what: string;
  readonly author: string;
  /** How it looks; plain when not given. */
  readonly brand: PdfBrand | undefined;
  /** What it is dated. With nothing in it that depends on when it is made, it is the same to the byte. */
  readonly at: Date;
  readonly currency: string;
  readonly facts: readonly (readonly [label: string, text: string])[];
  /** Amounts in minor units; what is main is bold. */
  readonly totals: readonly { readonly label: string; readonly amount: bigint; readonly isMain: boolean }[];
  /** Where each column begins, in points from the left; the amount ends at the right margin. */
  readonly columns: Readonly<Record<string, number>>;
  readonly cellsOf: (line: Line) => Readonly<Record<string, string>>;
  readonly amountOf: (line: Line) => bigint;
  /** What the lines add up to. */
  readonly sum: bigint;
};

const MARGIN = 42;
const RIGHT = 553;
const BOTTOM = 790;
const ROW = 13;
const FACTS = 150;
/** Lines between two pauses in which what was made is handed on, and others on this machine have their turn. */
const LINES_PER_CHUNK = 50;
/** Some forty pages. Each line costs a millisecond and a half (measured), and nobody reads a hundred thousand of them: those are for a spreadsheet. */
const LINES_MAX = 2_000;

/**
 * The document as PDF, page by page: what is made is handed on before more is. Of more than `linesMax` lines the rest is one line with their
 * number and sum.
 */
export const linedPdf = <Line>(
  document: LinedDocument<Line>,
  lines: AsyncIterable<Line>,
  linesMax = LINES_MAX,
): Readable => Readable.from(chunks(document, lines, linesMax), { objectMode: false });

async function* chunks<Line>(
  document: LinedDocument<Line>,
  lines: AsyncIterable<Line>,
  linesMax: number,
): AsyncGenerator<Buffer> {
  const doc = await newDocument({
    size: "A4",
    margin: MARGIN,
    autoFirstPage: false,
    // A cache of every word of every line would hold them all.
    fontLayoutCache: false,
    lang: "en",
    info: { Title: document.title, Author: document.author, CreationDate: document.at, ModDate: document.at },
  } as PDFKit.PDFDocumentOptions);
  doc.registerFont("regular", FONTS.regular);
  doc.registerFont("bold", FONTS.bold);
  const page = drawer(doc, document);
  page.begin();
  drawHead(doc, document, page);
  let count = 0;
  const rest = { count: 0, sum: 0n };
  for await (const line of lines) {
    if (count === linesMax) {
      rest.count += 1;
      rest.sum += document.amountOf(line);
      continue;
    }
    drawLine(doc, document, page.next(), line);
    count += 1;
    if (count % LINES_PER_CHUNK === 0) {
      yield* made(doc);
      await setImmediate();
    }
  }
  if (rest.count > 0) drawRest(doc, document, page.next(), rest);
  drawSum(doc, document, page.next());
  doc.end();
  yield* made(doc);
  // The end is written when what went before it has been.
  for await (const last of doc) yield last as Buffer;
}

function* made(doc: PDFKit.PDFDocument): Generator<Buffer> {
  for (let chunk = doc.read() as Buffer | null; chunk !== null; chunk = doc.read() as Buffer | null) yield chunk;
}

/** What of a document does not depend on its lines. */
type Frame = Omit<LinedDocument<never>, "cellsOf" | "amountOf">;
type Drawer = { begin(): void; next(): number; down(by: number): number };

/** Where on the page the next row goes; a page that is full is followed by another with the heads of the columns. */
function drawer(doc: PDFKit.PDFDocument, { title, columns }: Frame): Drawer {
  let [y, number] = [0, 0];
  const begin = (): void => {
    doc.addPage();
    number += 1;
    y = MARGIN;
    put(doc, { font: "regular", size: 7, at: [MARGIN, BOTTOM + 12] }, `${title}, page ${number}`);
  };
  return {
    begin,
    down: (by) => {
      y += by;
      return y - by;
    },
    next: () => {
      if (y + ROW > BOTTOM) {
        begin();
        drawColumns(doc, columns, y);
        y += ROW + 4;
      }
      y += ROW;
      return y - ROW;
    },
  };
}

type Style = { readonly font: "regular" | "bold"; readonly size: number; readonly at: readonly [number, number] };

const put = (doc: PDFKit.PDFDocument, { font, size, at: [x, y] }: Style, text: string): void => {
  doc.font(font).fontSize(size).text(text, x, y, { lineBreak: false });
};

/** Ends at the right margin. */
const putRight = (doc: PDFKit.PDFDocument, font: Style["font"], y: number, text: string): void => {
  doc.font(font).fontSize(8);
  doc.text(text, RIGHT - doc.widthOfString(text), y, { lineBreak: false });
};

function drawHead(doc: PDFKit.PDFDocument, document: Frame, page: Drawer): void {
  const { brand, author, what, facts, totals, currency, columns } = document;
  if (brand) drawBrand(doc, brand, { right: RIGHT, top: MARGIN - 8 });
  put(
    doc,
    { font: "bold", size: 16, at: [MARGIN, page.down(28)] },
    clipped(`${author}: ${what}`, brand?.logo ? 40 : 60),
  );
  for (const [label, text] of facts) {
    const y = page.down(ROW);
    put(doc, { font: "regular", size: 8, at: [MARGIN, y] }, label);
    put(doc, { font: "regular", size: 8, at: [FACTS, y] }, clipped(text, 90));
  }
  page.down(8);
  for (const { label, amount, isMain } of totals) {
    const font = isMain ? "bold" : "regular";
    const y = page.down(ROW);
    put(doc, { font, size: 8, at: [MARGIN, y] }, label);
    putRight(doc, font, y, formatMajor(amount, currency));
  }
  page.down(10);
  drawColumns(doc, columns, page.down(ROW + 4));
}

function drawColumns(doc: PDFKit.PDFDocument, columns: Frame["columns"], y: number): void {
  for (const [name, x] of Object.entries(columns)) put(doc, { font: "bold", size: 8, at: [x, y] }, name);
  putRight(doc, "bold", y, "amount");
  doc
    .moveTo(MARGIN, y + ROW)
    .lineTo(RIGHT, y + ROW)
    .lineWidth(0.5)
    .stroke();
}

function drawLine<Line>(doc: PDFKit.PDFDocument, document: LinedDocument<Line>, y: number, line: Line): void {
  const cells = document.cellsOf(line);
  for (const [name, x] of Object.entries(document.columns))
    put(doc, { font: "regular", size: 8, at: [x, y] }, cells[name] ?? "");
  putRight(doc, "regular", y, formatMajor(document.amountOf(line), document.currency));
}

function drawRest(
  doc: PDFKit.PDFDocument,
  { currency }: Frame,
  y: number,
  { count, sum }: { readonly count: number; readonly sum: bigint },
): void {
  put(doc, { font: "regular", size: 8, at: [MARGIN, y] }, `${count} more lines, each of them in the CSV`);
  putRight(doc, "regular", y, formatMajor(sum, currency));
}

function drawSum(doc: PDFKit.PDFDocument, { sum, currency }: Frame, y: number): void {
  put(doc, { font: "bold", size: 8, at: [MARGIN, y] }, "Sum of the lines");
  putRight(doc, "bold", y, formatMajor(sum, currency));
}

/** So much of a text as its column takes, on one line. */
export const clipped = (text: string, length: number): string => {
  const letters = text.replaceAll(/\s+/g, " ").match(/./gsu) ?? [];
  return letters.length <= length ? letters.join("") : `${letters.slice(0, length - 1).join("")}…`;
};
