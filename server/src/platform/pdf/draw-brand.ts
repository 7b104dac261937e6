/** How whoever makes out a document looks. */
export type PdfBrand = {
  readonly name: string;
  /** `#rrggbb`; nothing is read on it or in it, so that any will do. */
  readonly accent: string;
  /** PNG or JPEG, which a document can hold. */
  readonly logo: Buffer | null;
};

const BAR_HEIGHT = 4;
const LOGO = { width: 140, height: 30 } as const;

/** Draws a brand at the head of the first page: its colour along the upper edge, its logo at the right margin. Nothing else moves for it. */
export function drawBrand(
  doc: PDFKit.PDFDocument,
  { accent, logo }: PdfBrand,
  { right, top }: { readonly right: number; readonly top: number },
): void {
  const { x, y } = doc;
  doc.save().rect(0, 0, doc.page.width, BAR_HEIGHT).fill(accent).restore();
  if (logo !== null && isWhole(doc, logo))
    doc.image(logo, right - LOGO.width, top, { fit: [LOGO.width, LOGO.height], align: "right" });
  doc.x = x;
  doc.y = y;
}

/** A picture that browsers show may still be none that can be put into a document: that must not keep anybody from it. */
function isWhole(doc: PDFKit.PDFDocument, logo: Buffer): boolean {
  try {
    openImage(doc, logo);
    return true;
  } catch {
    return false;
  }
}

/** What the library reads of a picture before it is drawn, and does not say in its types. */
const openImage = (doc: PDFKit.PDFDocument, logo: Buffer): unknown =>
  (doc as unknown as { openImage(source: Buffer): unknown }).openImage(logo);
