/** What a partner is told that its payout waits for. */
export const WAITS_FOR = ["payout_method", "method_change", "tax_form", "minimum", "reinstatement", "review"] as const;
export type WaitsFor = (typeof WAITS_FOR)[number];

const BY_CODE: Readonly<Record<string, WaitsFor>> = {
  "payout.no_method": "payout_method",
  "payout.method_not_payable": "payout_method",
  "payout.method_cooling_off": "method_change",
  "payout.below_minimum": "minimum",
  "payout.partner_suspended": "reinstatement",
};
const TAX_FORM = "tax_form_";

/**
 * What stands against a payout, as its partner may know it: what it can do something about is named. All else is a review, so that nobody reads
 * from it what is suspected, or that a name is compared with a list.
 */
export function waitsFor({
  code,
  reason,
}: {
  readonly code: string | null;
  readonly reason: string | null;
}): WaitsFor | null {
  if (code === null) return null;
  if (code === "payout.held" && reason?.startsWith(TAX_FORM)) return "tax_form";
  return BY_CODE[code] ?? "review";
}
