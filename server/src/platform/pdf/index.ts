export { drawLine, registerFonts } from "./draw-line.ts";
export { FONTS, type FontName } from "./fonts.ts";
