import { buffer } from "node:stream/consumers";
import PDFDocument from "pdfkit";
import { expect, it } from "vitest";
import { drawLine, type FontName, registerFonts } from "./index.ts";

type Drawn = { readonly font: FontName; readonly text: string; readonly x: number; readonly size: number };

/** What is drawn of a text, from left to right, and the document. */
async function draw(text: string, width = 400): Promise<{ drawn: Drawn[]; pdf: Buffer }> {
  const doc = new PDFDocument();
  registerFonts(doc);
  const done = buffer(doc);
  const drawn: Drawn[] = [];
  let [font, size]: [FontName, number] = ["regular", 0];
  const [setFont, setSize, write] = [doc.font.bind(doc), doc.fontSize.bind(doc), doc.text.bind(doc)];
  doc.font = ((name: FontName) => {
    font = name;
    return setFont(name);
  }) as typeof doc.font;
  doc.fontSize = (to) => {
    size = to;
    return setSize(to);
  };
  doc.text = ((part: string, x: number, ...rest: [number, object]) => {
    drawn.push({ font, text: part, x, size });
    return write(part, x, ...rest);
  }) as typeof doc.text;
  drawLine(doc, text, { font: "regular", size: 9, x: 50, y: 50, width });
  doc.end();
  return { drawn: drawn.toSorted((one, other) => one.x - other.x), pdf: await done };
}
const words = async (text: string): Promise<string[]> =>
  (await draw(text)).drawn.map((piece) => piece.text).filter((piece) => piece !== " ");

it.each([
  ["Latin", "José Ñandú", ["regular"]],
  ["Cyrillic", "Ада Лавлейс", ["regular"]],
  ["Hebrew", "עדה לאבלייס", ["hebrew"]],
  ["Arabic", "علي بن أبي", ["arabic"]],
  ["Chinese", "王小明", ["any"]],
  ["Japanese", "あいだ サン", ["any"]],
  ["Korean", "김철수", ["any"]],
  ["Thai", "สมชาย", ["any"]],
  ["Devanagari", "आदा", ["regular", "any"]],
  ["a picture", "Acme 😀", ["regular", "any"]],
])("a name in %s is written in a font that has its letters", async (_script, text, fonts) => {
  const { drawn, pdf } = await draw(text);
  const used = new Set(drawn.filter((piece) => piece.text !== " ").map(({ font }) => font));
  for (const font of used) expect(fonts).toContain(font);
  expect(
    drawn
      .map((piece) => piece.text)
      .join("")
      .replaceAll(" ", "").length,
  ).toBe(text.replaceAll(" ", "").length);
  expect(pdf.subarray(0, 5).toString()).toBe("%PDF-");
});

it("a letter that no font has is written as its number, never as a box", async () => {
  expect(await words("a\u{20BB7}b")).toEqual(["a[U+20BB7]b"]);
});

it("words run from right to left in Hebrew and Arabic, and what is Latin among them from left to right", async () => {
  expect(await words("עדה לאבלייס")).toEqual(["לאבלייס", "עדה"]);
  expect(await words("חברת Acme Partners בעמ")).toEqual(["בעמ", "Acme", "Partners", "חברת"]);
  expect(await words("Acme עדה לאבלייס Ltd")).toEqual(["Acme", "לאבלייס", "עדה", "Ltd"]);
});

it("a line that is too wide is set smaller, and nothing of it is cut", async () => {
  const { drawn } = await draw("A very long name of a company ".repeat(8), 300);
  const last = drawn.at(-1);
  expect(Math.max(...drawn.map(({ size }) => size))).toBeLessThan(9);
  expect(last && last.x < 350).toBe(true);
  expect(drawn.map((piece) => piece.text).join("")).toBe("A very long name of a company ".repeat(8).trim());
});
