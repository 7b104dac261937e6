import { t } from "../../i18n/messages.ts";

/** A tier by its number and what it is for. */
export const tierWords = (tier: string): string => t("tier.name", { tier: tier.replace("tier", "") });
