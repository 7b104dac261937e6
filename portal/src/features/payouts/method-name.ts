import { t } from "../../i18n/messages.ts";

/** How a payout was paid, in words; a way that is new here is named as the server names it. */
export function methodName(method: string): string {
  if (method === "bank_file") return t("method.bank_file");
  if (method === "stripe_connect") return t("method.stripe_connect");
  return method === "elsewhere" ? t("method.elsewhere") : method;
}

/** An account as its owner may see it, in words; what is none of a bank is said as the server says it. */
export function accountWords(summary: string): string {
  const last = /^Bank account ending (\S+)$/.exec(summary)?.[1];
  return last === undefined ? summary : t("method.bankEnding", { last });
}
