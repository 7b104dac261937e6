import { t } from "../../i18n/messages.ts";

/** How a payout was paid, in words; a way that is new here is named as the server names it. */
export function methodName(method: string): string {
  if (method === "bank_file") return t("method.bank_file");
  if (method === "stripe_connect") return t("method.stripe_connect");
  return method === "elsewhere" ? t("method.elsewhere") : method;
}
