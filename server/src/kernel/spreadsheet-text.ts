/** The characters with which a spreadsheet begins a formula (OWASP, "CSV Injection"). */
const FORMULA_START = /^[=+\-@\t\r＝＋－＠]/u;

/** Text from outside as a spreadsheet takes it for text: a leading apostrophe keeps it from being a formula. */
export const safeForSpreadsheet = (text: string): string => text.replace(FORMULA_START, "'$&");
