import { Button, Group, NativeSelect } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { t } from "../../i18n/messages.ts";
import { download } from "../../ui/download.ts";
import { Problem } from "../../ui/problem.tsx";
import { endedMonths } from "./ended-months.ts";

const FORMATS = ["pdf", "csv"] as const;

type Asked = { readonly month: string; readonly currency: string; readonly format: "pdf" | "csv" };
type Props = {
  readonly since: string;
  readonly currency: string;
  readonly fetchFile: (asked: Asked) => Promise<Blob>;
};

/** The share of a month on paper: of those that have ended since the sub-operator was made. */
export function ShareStatements({ since, currency, fetchFile }: Props) {
  const months = endedMonths(since, new Date());
  const [month, setMonth] = useState(months[0]);
  const statement = useMutation({
    mutationFn: async (format: "pdf" | "csv") => {
      if (month === undefined) return;
      download(await fetchFile({ month, currency, format }), `share-${month}-${currency}.${format}`);
    },
  });
  if (month === undefined) return null;
  return (
    <>
      <Group gap="sm" align="end">
        <NativeSelect
          label={t("subOperator.month")}
          data={months}
          value={month}
          onChange={(event) => setMonth(event.currentTarget.value)}
        />
        {FORMATS.map((format) => (
          <Button
            key={format}
            variant="default"
            disabled={statement.isPending}
            onClick={() => statement.mutate(format)}
          >
            {t("payout.statement", { format: format.toUpperCase() })}
          </Button>
        ))}
      </Group>
      {statement.error ? <Problem error={statement.error} /> : null}
    </>
  );
}
