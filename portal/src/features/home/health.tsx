import { useQuery } from "@tanstack/react-query";
import { read } from "../../app/queries.ts";
import { t } from "../../i18n/messages.ts";
import { Facts } from "../../ui/facts.tsx";
import { Loaded } from "../../ui/loaded.tsx";
import { Moment } from "../../ui/moment.tsx";

/** A page takes no more, and the program has fewer jobs. */
const JOBS_MAX = 200;

/** Whether the programme's own work goes on: jobs that failed or are late. */
export function Health() {
  const jobs = useQuery(read("listJobs", { query: { limit: JOBS_MAX } }));
  return (
    <Loaded query={jobs}>
      {({ data }) => {
        const failing = data.filter(({ failures }) => failures > 0);
        const last =
          data
            .map(({ succeededAt }) => succeededAt)
            .filter((at) => at !== null)
            .toSorted()
            .at(-1) ?? null;
        return (
          <Facts
            facts={[
              [t("health.jobs"), t("health.jobsWell", { well: data.length - failing.length, all: data.length })],
              [t("health.last"), <Moment key="l" at={last} as="ago" />],
              ...failing.map(({ name, error }) => [name, error ?? t("health.failing")] as const),
            ]}
          />
        );
      }}
    </Loaded>
  );
}
