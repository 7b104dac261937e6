import { type MessageKey, t } from "../../i18n/messages.ts";

const SETTLEMENTS: Readonly<Record<string, MessageKey>> = {
  payment: "settlement.payment",
  credit: "settlement.credit",
  set_off: "settlement.set_off",
};

/** What settled a part of an invoice; a word of the API that has none here is said as it is. */
export function settlementWords({ kind, undoes }: { readonly kind: string; readonly undoes: string | null }): string {
  if (undoes !== null) return t("settlement.undone");
  const key = SETTLEMENTS[kind];
  return key === undefined ? kind.replaceAll("_", " ") : t(key);
}
