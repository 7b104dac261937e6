import type { Output } from "@tributary/sdk";
import { t } from "../../i18n/messages.ts";

export type ReferralLink = Output<"listReferralLinks">["data"][number];

/** What a link is called: as its maker called it, else by where it leads, else by its code. */
export const linkName = ({ campaign, isDefault, destination, code }: ReferralLink): string =>
  campaign ?? (isDefault ? t("links.default") : (destination?.replace(/^https?:\/\/(www\.)?/, "") ?? code));
