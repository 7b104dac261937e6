export { drawBrand, type PdfBrand } from "./draw-brand.ts";
export { drawLine, registerFonts } from "./draw-line.ts";
export { FONTS, type FontName } from "./fonts.ts";
export { headingOf } from "./heading-of.ts";
export { clipped, type LinedDocument, linedPdf } from "./lined-document.ts";
export { newDocument } from "./new-document.ts";
