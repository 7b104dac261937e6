import { Button } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { api } from "../../app/api.ts";
import { useMe } from "../../app/me.ts";
import { useList } from "../../app/queries.ts";
import { t } from "../../i18n/messages.ts";
import { Amount } from "../../ui/amount.tsx";
import { download } from "../../ui/download.ts";
import { Empty } from "../../ui/empty.tsx";
import { Moment } from "../../ui/moment.tsx";
import { Panel } from "../../ui/panel.tsx";
import { Problem } from "../../ui/problem.tsx";
import { DocumentTable } from "./own-documents.tsx";
import classes from "./tax.module.css";
import type { Year } from "./tax-words.ts";

/** What has been filed of a year: each run as the IRS takes it, and each return as its recipient has it. */
export function TaxReturns({ year }: { readonly year: Year }) {
  const list = useList("listAllTaxDocuments", { sort: "-madeAt" }, { path: { year: year.year } });
  return (
    <>
      {year.runs.length > 0 ? <Runs year={year} /> : null}
      <Panel flush>
        <DocumentTable
          isOwn={false}
          list={list}
          empty={<Empty title={t("tax.returns.none")} text={t("tax.returns.noneText")} />}
        />
      </Panel>
    </>
  );
}

function Runs({ year: { year, runs } }: { readonly year: Year }) {
  const { may } = useMe();
  const file = useMutation({
    mutationFn: async (run: number) => {
      download(await api.exportTaxReturns({ path: { year }, query: { run } }), `1099-nec-${year}-run-${run}.csv`);
    },
  });
  return (
    <Panel title={t("tax.runs")}>
      <ul className={classes.rows}>
        {runs.map((one) => (
          <li key={one.run}>
            <span>
              {one.run === 0 ? t("tax.runClose") : t("tax.runCorrection", { run: one.run })}
              <span className={classes.note}>
                {t("tax.runReturns", { count: one.returns })}, <Amount minor={one.amount} currency="USD" />,{" "}
                <Moment at={one.madeAt} as="time" />
              </span>
            </span>
            {may("tax:export") ? (
              <Button
                size="compact-sm"
                variant="default"
                disabled={file.isPending}
                onClick={() => file.mutate(one.run)}
                aria-label={`${t("tax.csv")} ${one.run}`}
              >
                {t("tax.csv")}
              </Button>
            ) : null}
          </li>
        ))}
      </ul>
      <p className={classes.hint}>{t("tax.csvText")}</p>
      {file.error ? <Problem error={file.error} /> : null}
    </Panel>
  );
}
