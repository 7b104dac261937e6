import { Button } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { api } from "../../app/api.ts";
import { useMe } from "../../app/me.ts";
import { t } from "../../i18n/messages.ts";
import { download } from "../../ui/download.ts";
import { Problem } from "../../ui/problem.tsx";
import type { Period } from "./periods.ts";

const FORMATS = ["csv", "xlsx"] as const;

/** The figures of the period as a file. */
export function ExportFigures({ period }: { readonly period: Period }) {
  const { isPartner } = useMe();
  const make = useMutation({
    mutationFn: async (format: (typeof FORMATS)[number]) => {
      const input = { body: { period, format } };
      const file = isPartner ? await api.exportAnalytics(input) : await api.exportProgramAnalytics(input);
      download(file, `figures-${period}.${format}`);
    },
  });
  return (
    <>
      {make.error ? <Problem error={make.error} /> : null}
      {FORMATS.map((format) => (
        <Button key={format} variant="default" disabled={make.isPending} onClick={() => make.mutate(format)}>
          {t("reports.export", { format: format.toUpperCase() })}
        </Button>
      ))}
    </>
  );
}
