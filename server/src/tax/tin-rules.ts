/** Kinds of taxpayer identification numbers of the United States: of a person, of a business, of a person without the first. */
export const TIN_TYPES = ["ssn", "ein", "itin"] as const;
export type TinType = (typeof TIN_TYPES)[number];

/** Prefixes that the IRS gives to employers ("How EINs are assigned and valid EIN prefixes"). */
const EIN_PREFIXES = rangesOf("01-06 10-16 20-27 30-48 50-68 71-77 80-88 90-95 98-99");
/** Fourth and fifth digit of an ITIN. */
const ITIN_GROUPS = rangesOf("50-65 70-88 90-92 94-99");
/** Printed on specimens and in wallets: the Social Security Administration gave them to nobody, or took them back. */
const SSN_SPECIMENS: ReadonlySet<string> = new Set(["078051120", "219099999"]);

/** The nine digits of a number as people write it, with or without hyphens; undefined where there are not nine. */
export function tinDigits(text: string): string | undefined {
  const digits = text.replaceAll(/[\s-]/g, "");
  return /^\d{9}$/.test(digits) ? digits : undefined;
}

/**
 * Whether a number can be one of its kind. There is no check digit: this refuses only what was never given to anybody, and whether it is the
 * signer's the IRS alone can say (TIN Matching).
 */
export function isPossibleTin(type: TinType, digits: string): boolean {
  const [area, group, serial] = [digits.slice(0, 3), digits.slice(3, 5), digits.slice(5)];
  if (type === "ein") return EIN_PREFIXES.has(digits.slice(0, 2)) && digits.slice(2) !== "0000000";
  if (type === "itin") return area.startsWith("9") && ITIN_GROUPS.has(group);
  const isArea = area !== "000" && area !== "666" && !area.startsWith("9");
  return isArea && group !== "00" && serial !== "0000" && !SSN_SPECIMENS.has(digits);
}

/** As a recipient's copy may show it: the last four digits (Treasury Regulation 1.6042-4). */
export const maskedTin = (type: TinType, last4: string): string =>
  type === "ein" ? `XX-XXX${last4}` : `XXX-XX-${last4}`;

/** As it is written in full: an EIN is cut after two digits, the others after three and five. */
export const writtenTin = (type: TinType, digits: string): string =>
  type === "ein"
    ? `${digits.slice(0, 2)}-${digits.slice(2)}`
    : `${digits.slice(0, 3)}-${digits.slice(3, 5)}-${digits.slice(5)}`;

function rangesOf(text: string): ReadonlySet<string> {
  const numbers = text.split(" ").flatMap((range) => {
    const [from = 0, to = 0] = range.split("-").map(Number);
    return Array.from({ length: to - from + 1 }, (_, index) => String(from + index).padStart(2, "0"));
  });
  return new Set(numbers);
}
