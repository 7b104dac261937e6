import { t } from "../../i18n/messages.ts";

export const PERIODS = ["7d", "30d", "90d", "12m", "this_month", "last_month", "this_year"] as const;
export type Period = (typeof PERIODS)[number];

/** The period that the address names; a month where it names none. */
export const periodOf = (text: string | undefined): Period => PERIODS.find((one) => one === text) ?? "30d";

export const periodFilter = () => ({
  name: "period",
  label: t("reports.period"),
  isRequired: true,
  options: PERIODS.map((period) => [period, t(`period.${period}`)] as const),
});
