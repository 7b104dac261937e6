/** Contrast of two colours (`#rrggbb`), 1 to 21, as WCAG 2.2 defines it. */
export function contrast(one: string, other: string): number {
  const [lighter = 0, darker = 0] = [luminance(one), luminance(other)].toSorted((a, b) => b - a);
  return (lighter + 0.05) / (darker + 0.05);
}

function luminance(colour: string): number {
  const [red = 0, green = 0, blue = 0] = partsOf(colour).map((part) => linear(part / 255));
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

const linear = (part: number): number => (part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4);
const partsOf = (colour: string): number[] => [1, 3, 5].map((at) => Number.parseInt(colour.slice(at, at + 2), 16));

/** Of ordinary text: WCAG 2.2, success criterion 1.4.3. */
export const TEXT_CONTRAST_MIN = 4.5;
/** Of what shows where a control is: WCAG 2.2, success criterion 1.4.11. */
export const EDGE_CONTRAST_MIN = 3;

/** As many steps from a colour to black or white as nobody sees one of. */
const STEPS = 24;

/** The colour, or as little as it takes nearer to black or white, so that it is read on all of these grounds. */
export function readableOn(colour: string, grounds: readonly string[]): string {
  const isOnDark = luminance(grounds[0] ?? "#ffffff") < 0.18;
  const shades = Array.from({ length: STEPS + 1 }, (_, step) => towards(colour, isOnDark ? 255 : 0, step / STEPS));
  const isRead = (shade: string): boolean => grounds.every((ground) => contrast(shade, ground) >= TEXT_CONTRAST_MIN);
  return shades.find(isRead) ?? (isOnDark ? "#ffffff" : "#000000");
}

/** What is read best on a colour: white where that can be read, else black. */
export const onColour = (colour: string): string =>
  contrast("#ffffff", colour) >= TEXT_CONTRAST_MIN ? "#ffffff" : "#000000";

const towards = (colour: string, end: number, share: number): string =>
  `#${partsOf(colour)
    .map((part) =>
      Math.round(part + (end - part) * share)
        .toString(16)
        .padStart(2, "0"),
    )
    .join("")}`;
