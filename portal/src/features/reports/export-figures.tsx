import { Button, NativeSelect } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { api } from "../../app/api.ts";
import { useMe } from "../../app/me.ts";
import { useUrlState } from "../../app/url-state.ts";
import { t } from "../../i18n/messages.ts";
import { download } from "../../ui/download.ts";
import { Problem } from "../../ui/problem.tsx";
import { REPORTS } from "./export-reports.ts";
import type { Period } from "./periods.ts";

const FORMATS = ["csv", "xlsx"] as const;

/** What happened in the period as a file: its figures by day, or its referrals or commissions one by one. */
export function ExportFigures({ period }: { readonly period: Period }) {
  const { isPartner } = useMe();
  const { search, change } = useUrlState();
  const report = REPORTS.find((one) => one === search.kind) ?? "daily";
  const make = useMutation({
    mutationFn: async (format: (typeof FORMATS)[number]) => {
      const input = { body: { period, format, report } };
      const file = isPartner ? await api.exportAnalytics(input) : await api.exportProgramAnalytics(input);
      download(file, `${report === "daily" ? "figures" : report}-${period}.${format}`);
    },
  });
  return (
    <>
      {make.error ? <Problem error={make.error} /> : null}
      <NativeSelect
        size="xs"
        aria-label={t("schedule.report")}
        data={REPORTS.map((one) => ({ value: one, label: t(`schedule.${one}`) }))}
        value={report}
        onChange={(event) => change({ kind: event.currentTarget.value })}
      />
      {FORMATS.map((format) => (
        <Button key={format} variant="default" disabled={make.isPending} onClick={() => make.mutate(format)}>
          {t("reports.export", { format: format.toUpperCase() })}
        </Button>
      ))}
    </>
  );
}
