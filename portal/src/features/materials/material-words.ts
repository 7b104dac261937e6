import { t } from "../../i18n/messages.ts";
import { formatCount } from "../../ui/numbers.ts";

export const MATERIAL_KINDS = ["banner", "text", "file"] as const;
export const TIERS = ["tier1", "tier2", "tier3", "tier4"] as const;

const KB = 1024;

/** What a material is, with its size: pixels of a banner, bytes of a file. */
export function formatWords(material: {
  readonly kind: (typeof MATERIAL_KINDS)[number];
  readonly width: number | null;
  readonly height: number | null;
  readonly file: { readonly size: number; readonly name: string } | null;
}): string {
  const { kind, width, height, file } = material;
  if (kind === "banner" && width !== null && height !== null) return `${width} × ${height}`;
  if (file === null) return "—";
  const ending = file.name.slice(file.name.lastIndexOf(".") + 1).toUpperCase();
  return t("material.size", { ending, size: formatCount(Math.max(1, Math.round(file.size / KB))) });
}

export const tiersWords = (tiers: readonly string[] | null): string =>
  tiers === null
    ? t("material.forTools")
    : tiers.map((tier) => t("tier.name", { tier: tier.replace("tier", "") })).join(", ");
