import { Link } from "@tanstack/react-router";
import { Allowed } from "../../app/allowed.tsx";
import { PATHS } from "../../app/paths.ts";
import { t } from "../../i18n/messages.ts";
import type { REPORTS } from "./export-reports.ts";

type ExportLinkProps = { readonly report: (typeof REPORTS)[number]; readonly period?: string | undefined };

/** Leads from a list to where it is exported, with its period. */
export function ExportLink({ report, period }: ExportLinkProps) {
  return (
    <Allowed scope="own:analytics:read">
      <Link to={PATHS.reports} search={{ kind: report, period }}>
        {t("reports.exportList")}
      </Link>
    </Allowed>
  );
}
