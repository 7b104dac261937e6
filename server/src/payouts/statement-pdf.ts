import { Readable } from "node:stream";
import { setImmediate } from "node:timers/promises";
import { formatMajor } from "../kernel/money.ts";
import { drawBrand, FONTS, newDocument } from "../platform/pdf/index.ts";
import { type Statement, type StatementLine, totalsOf } from "./statement.ts";

const MARGIN = 42;
const RIGHT = 553;
const BOTTOM = 790;
const ROW = 13;
const COLUMNS = { line: MARGIN, date: 90, kind: 150, rule: 215, customer: 320 } as const;
/** Lines between two pauses in which what was made is handed on, and others on this machine have their turn. */
const LINES_PER_CHUNK = 50;
/** Some forty pages. Each line costs a millisecond and a half (measured), and nobody reads a hundred thousand of them: those are for a spreadsheet. */
const LINES_MAX = 2_000;

/**
 * A statement as PDF, page by page: what is made is handed on before more is. Of more than `linesMax` lines the rest is one line with their
 * number and sum; all of them are in the CSV. The same payout gives the same bytes as long as nobody in it is renamed or looks otherwise: dates and ids in it are
 * the payout's.
 */
export const statementPdf = (
  statement: Statement,
  lines: AsyncIterable<StatementLine>,
  linesMax = LINES_MAX,
): Readable => Readable.from(chunks(statement, lines, linesMax), { objectMode: false });

async function* chunks(
  statement: Statement,
  lines: AsyncIterable<StatementLine>,
  linesMax: number,
): AsyncGenerator<Buffer> {
  const doc = await newDocument({
    size: "A4",
    margin: MARGIN,
    autoFirstPage: false,
    // A cache of every word of every line would hold them all.
    fontLayoutCache: false,
    lang: "en",
    info: {
      Title: `Statement of payout ${statement.payoutId}`,
      Author: statement.programme,
      CreationDate: statement.paidAt,
      ModDate: statement.paidAt,
    },
  } as PDFKit.PDFDocumentOptions);
  doc.registerFont("regular", FONTS.regular);
  doc.registerFont("bold", FONTS.bold);
  const page = drawer(doc, statement);
  page.begin();
  drawHead(doc, statement, page);
  let count = 0;
  const rest = { count: 0, sum: 0n };
  for await (const line of lines) {
    if (count === linesMax) {
      rest.count += 1;
      rest.sum += line.amount;
      continue;
    }
    drawLine(doc, statement, page.next(), line);
    count += 1;
    if (count % LINES_PER_CHUNK === 0) {
      yield* made(doc);
      await setImmediate();
    }
  }
  if (rest.count > 0) drawRest(doc, statement, page.next(), rest);
  drawSum(doc, statement, page.next());
  doc.end();
  yield* made(doc);
  // The end is written when what went before it has been.
  for await (const last of doc) yield last as Buffer;
}

function* made(doc: PDFKit.PDFDocument): Generator<Buffer> {
  for (let chunk = doc.read() as Buffer | null; chunk !== null; chunk = doc.read() as Buffer | null) yield chunk;
}

type Drawer = { begin(): void; next(): number; down(by: number): number };

/** Where on the page the next row goes; a page that is full is followed by another with the heads of the columns. */
function drawer(doc: PDFKit.PDFDocument, { payoutId }: Statement): Drawer {
  let [y, number] = [0, 0];
  const begin = (): void => {
    doc.addPage();
    number += 1;
    y = MARGIN;
    put(
      doc,
      { font: "regular", size: 7, at: [MARGIN, BOTTOM + 12] },
      `Statement of payout ${payoutId}, page ${number}`,
    );
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
        drawColumns(doc, y);
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

function drawHead(doc: PDFKit.PDFDocument, statement: Statement, page: Drawer): void {
  const { brand } = statement;
  if (brand) drawBrand(doc, brand, { right: RIGHT, top: MARGIN - 8 });
  put(
    doc,
    { font: "bold", size: 16, at: [MARGIN, page.down(28)] },
    clipped(`${brand?.name ?? statement.programme}: payout statement`, brand?.logo ? 40 : 60),
  );
  const facts: readonly (readonly [string, string])[] = [
    ["Partner", statement.partner ?? statement.partnerId],
    ["Payout", statement.payoutId],
    ["Requested", day(statement.requestedAt)],
    ["Paid", `${day(statement.paidAt)}, ${statement.method}, ${statement.transferId}`],
    ["Currency", statement.currency],
  ];
  for (const [label, text] of facts) {
    const y = page.down(ROW);
    put(doc, { font: "regular", size: 8, at: [MARGIN, y] }, label);
    put(doc, { font: "regular", size: 8, at: [COLUMNS.kind, y] }, clipped(text, 90));
  }
  page.down(8);
  for (const [label, amount] of totalsOf(statement)) {
    const font = /balance|Paid|Gross/.test(label) ? "bold" : "regular";
    const y = page.down(ROW);
    put(doc, { font, size: 8, at: [MARGIN, y] }, label);
    putRight(doc, font, y, formatMajor(amount, statement.currency));
  }
  page.down(10);
  drawColumns(doc, page.down(ROW + 4));
}

function drawColumns(doc: PDFKit.PDFDocument, y: number): void {
  for (const [name, x] of Object.entries(COLUMNS)) put(doc, { font: "bold", size: 8, at: [x, y] }, name);
  putRight(doc, "bold", y, "amount");
  doc
    .moveTo(MARGIN, y + ROW)
    .lineTo(RIGHT, y + ROW)
    .lineWidth(0.5)
    .stroke();
}

function drawLine(doc: PDFKit.PDFDocument, { currency }: Statement, y: number, row: StatementLine): void {
  const cells = {
    line: String(row.line),
    date: day(row.occurredAt),
    kind: row.kind,
    rule: clipped(row.rule, 20),
    customer: clipped(row.customer ?? "", 36),
  };
  for (const [name, x] of Object.entries(COLUMNS))
    put(doc, { font: "regular", size: 8, at: [x, y] }, cells[name as keyof typeof cells]);
  putRight(doc, "regular", y, formatMajor(row.amount, currency));
}

function drawRest(
  doc: PDFKit.PDFDocument,
  { currency }: Statement,
  y: number,
  { count, sum }: { readonly count: number; readonly sum: bigint },
): void {
  put(doc, { font: "regular", size: 8, at: [MARGIN, y] }, `${count} more lines, each of them in the CSV`);
  putRight(doc, "regular", y, formatMajor(sum, currency));
}

function drawSum(doc: PDFKit.PDFDocument, statement: Statement, y: number): void {
  put(doc, { font: "bold", size: 8, at: [MARGIN, y] }, "Sum of the lines");
  putRight(doc, "bold", y, formatMajor(statement.gross, statement.currency));
}

const day = (instant: Date): string => instant.toISOString().slice(0, 10);

/** So much of a text as its column takes, on one line. */
const clipped = (text: string, length: number): string => {
  const letters = text.replaceAll(/\s+/g, " ").match(/./gsu) ?? [];
  return letters.length <= length ? letters.join("") : `${letters.slice(0, length - 1).join("")}…`;
};
