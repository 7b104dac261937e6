import { readFileSync } from "node:fs";
import { FONTS, type FontName } from "./fonts.ts";
import { unpackWoff } from "./unpack-woff.ts";

/** What the process has unpacked, by its path. */
const unpacked = new Map<string, Buffer>();

/** Makes the fonts known to a document. */
export function registerFonts(doc: PDFKit.PDFDocument): void {
  for (const [name, path] of Object.entries(FONTS))
    doc.registerFont(name, path.endsWith(".woff") ? readWoff(path) : path);
}

/** The library would unpack a whole table again for each letter that it draws: seconds for one name. */
function readWoff(path: string): Buffer {
  const font = unpacked.get(path) ?? unpackWoff(readFileSync(path));
  unpacked.set(path, font);
  return font;
}

type Place = {
  readonly font: "regular" | "bold";
  readonly size: number;
  readonly x: number;
  readonly y: number;
  /** A text that is wider is set smaller, never cut. */
  readonly width: number;
};

type Piece = { readonly text: string; readonly font: FontName; readonly isRightToLeft: boolean };

/**
 * Writes one line in whatever script it is: each letter in the first font that has it, words of Hebrew and Arabic from right to left. A letter
 * that no font has is written as its number, so that nothing is a box. The document's fonts are registered.
 */
export function drawLine(doc: PDFKit.PDFDocument, text: string, { font, size, x, y, width }: Place): void {
  const pieces = inVisualOrder(piecesOf(doc, text.replaceAll(/\s+/g, " ").trim(), font));
  const widthOf = ({ font: of, text: part }: Piece): number => doc.font(of).fontSize(size).widthOfString(part);
  const whole = pieces.reduce((sum, piece) => sum + widthOf(piece), 0);
  const scaled = whole > width ? (size * width) / whole : size;
  let at = x;
  for (const piece of pieces) {
    doc.font(piece.font).fontSize(scaled).text(piece.text, at, y, { lineBreak: false });
    at += doc.widthOfString(piece.text);
  }
}

const RIGHT_TO_LEFT = /[\p{Script=Hebrew}\p{Script=Arabic}\p{Script=Syriac}\p{Script=Thaana}]/u;
const isBlank = (text: string): boolean => text.trim() === "";

/** A text as pieces of one font and direction each, words apart: a library of text would put the words of a line from left to right. */
function piecesOf(doc: PDFKit.PDFDocument, text: string, font: "regular" | "bold"): Piece[] {
  const pieces: Piece[] = [];
  for (const word of text.split(/( )/).filter((part) => part !== "")) {
    let piece: Piece | undefined;
    for (const letter of word) {
      const found = fontFor(doc, letter, font);
      const shown = found === undefined ? `[U+${(letter.codePointAt(0) ?? 0).toString(16).toUpperCase()}]` : letter;
      const next = found ?? font;
      if (piece?.font === next) piece = { ...piece, text: piece.text + shown };
      else {
        if (piece !== undefined) pieces.push(piece);
        piece = { text: shown, font: next, isRightToLeft: RIGHT_TO_LEFT.test(letter) };
      }
    }
    if (piece !== undefined) pieces.push(piece);
  }
  return pieces;
}

/** Marks above and below letters, and joiners, stay in the font of their letter. */
const ATTACHED = /[\p{M}\u200c\u200d]/u;

function fontFor(doc: PDFKit.PDFDocument, letter: string, font: "regular" | "bold"): FontName | undefined {
  const script: FontName = /\p{Script=Hebrew}/u.test(letter)
    ? "hebrew"
    : /\p{Script=Arabic}/u.test(letter)
      ? "arabic"
      : font;
  const order: readonly FontName[] = [script, font, "any"];
  const code = letter.codePointAt(0) ?? 0;
  return order.find((name) => ATTACHED.test(letter) || faceOf(doc, name).hasGlyphForCodePoint(code));
}

/** What the library keeps of a font that is in use, and does not say in its types. */
type Face = { hasGlyphForCodePoint(code: number): boolean };
function faceOf(doc: PDFKit.PDFDocument, name: FontName): Face {
  doc.font(name);
  return (doc as unknown as { _font: { font: Face } })._font.font;
}

/** Pieces from left to right as they are read: the whole line runs as its first word does, what runs the other way is turned within itself. */
function inVisualOrder(pieces: readonly Piece[]): Piece[] {
  const first = pieces.find(({ text }) => /\p{L}/u.test(text));
  const isLineRightToLeft = first?.isRightToLeft ?? false;
  const segments: { readonly isRightToLeft: boolean; readonly pieces: Piece[] }[] = [];
  for (const [index, piece] of pieces.entries()) {
    const [before, after] = [pieces[index - 1], pieces[index + 1]];
    // A blank runs as the words at its sides, where they agree.
    const isRightToLeft = !isBlank(piece.text)
      ? piece.isRightToLeft
      : before?.isRightToLeft === after?.isRightToLeft
        ? (before?.isRightToLeft ?? isLineRightToLeft)
        : isLineRightToLeft;
    const last = segments.at(-1);
    if (last?.isRightToLeft === isRightToLeft) last.pieces.push(piece);
    else segments.push({ isRightToLeft, pieces: [piece] });
  }
  const turned = segments.map((segment) => (segment.isRightToLeft ? segment.pieces.toReversed() : segment.pieces));
  return (isLineRightToLeft ? turned.toReversed() : turned).flat();
}
