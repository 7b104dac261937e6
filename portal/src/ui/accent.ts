import { contrast, toHex, toOklch } from "./oklch.ts";

/** What the one colour of a brand becomes in one scheme. A brand may change the colour, never the legibility. */
export type Accent = {
  /** Of the filled button. */
  readonly fill: string;
  readonly onFill: string;
  /** Drawn round a fill that would not stand out from its ground. */
  readonly edge: string;
  /** Of links, of the current page, and of the focus ring. */
  readonly text: string;
  readonly tint: string;
};

const LIGHTNESS = [0.975, 0.94, 0.89, 0.82, 0.74, 0.66, 0.58, 0.51, 0.44, 0.37];
const CHROMA = [0.15, 0.3, 0.5, 0.75, 0.95, 1, 1, 0.95, 0.85, 0.7];
const GROUNDS = { light: ["#ffffff", "#f6f7f8"], dark: ["#161a1e", "#0f1115"] } as const;
const TEXT_MIN = 4.5;
const EDGE_MIN = 3;

/** Ten shades of a colour, light to dark; the colour itself stands in the place of the nearest. */
export function ladderOf(brand: string): string[] {
  const { l, c, h } = toOklch(brand);
  const rungs = LIGHTNESS.map((lightness, index) => toHex({ l: lightness, c: c * (CHROMA[index] ?? 1), h }));
  const nearest = LIGHTNESS.reduce((best, _, i) => (distance(i, l) < distance(best, l) ? i : best), 0);
  return rungs.with(nearest, brand);
}

const distance = (index: number, lightness: number): number => Math.abs((LIGHTNESS[index] ?? 0) - lightness);

export function accentOf(brand: string, scheme: "light" | "dark"): Accent {
  const rungs = ladderOf(brand);
  const [card, page] = GROUNDS[scheme];
  const tint = scheme === "light" ? (rungs[0] ?? card) : mix(brand, card, 0.16);
  const towardsContrast = scheme === "light" ? rungs : rungs.toReversed();
  const first = (minimum: number, ...grounds: string[]): string =>
    towardsContrast.find((rung) => grounds.every((ground) => contrast(rung, ground) >= minimum)) ??
    (scheme === "light" ? "#000000" : "#ffffff");
  const place = towardsContrast.indexOf(brand);
  const next = towardsContrast[place + 1] ?? brand;
  const fill = [brand, next].find((one) => contrast(one, card) >= EDGE_MIN) ?? brand;
  return {
    fill,
    onFill: contrast("#ffffff", fill) >= TEXT_MIN ? "#ffffff" : "#000000",
    edge: contrast(fill, card) >= EDGE_MIN ? fill : first(EDGE_MIN, card),
    text: first(TEXT_MIN, card, page, tint),
    tint,
  };
}

function mix(one: string, other: string, share: number): string {
  const part = (hex: string, at: number): number => Number.parseInt(hex.slice(at, at + 2), 16);
  return `#${[1, 3, 5]
    .map((at) =>
      Math.round(part(one, at) * share + part(other, at) * (1 - share))
        .toString(16)
        .padStart(2, "0"),
    )
    .join("")}`;
}
