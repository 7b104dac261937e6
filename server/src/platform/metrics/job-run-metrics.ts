import { Counter, Gauge, type Registry } from "prom-client";

/** What the latest runs of a scheduled job come to, over all tenants. */
export type JobFigures = {
  readonly name: string;
  readonly succeeded_at: Date | null;
  readonly duration_ms: bigint | null;
  readonly failures: bigint;
};

const MS = 1_000;

/** Figures of scheduled jobs. They are read from the database, so that every process tells the same, and a restart forgets nothing. */
export function registerJobRuns(registers: Registry[], read: () => Promise<readonly JobFigures[]>): void {
  // While the database is away, everything else is still told.
  const figures = () => read().catch((): readonly JobFigures[] => []);
  new Gauge({
    name: "tributary_job_last_success_timestamp_seconds",
    help: "When a scheduled job last ended well, in the tenant where that is longest ago; 0 where it never has in one",
    labelNames: ["job"],
    registers,
    async collect() {
      this.reset();
      for (const { name, succeeded_at } of await figures())
        this.set({ job: name }, (succeeded_at?.getTime() ?? 0) / MS);
    },
  });
  new Gauge({
    name: "tributary_job_duration_seconds",
    help: "How long the latest run of a scheduled job took, in the tenant where it took longest",
    labelNames: ["job"],
    registers,
    async collect() {
      this.reset();
      for (const { name, duration_ms } of await figures()) {
        if (duration_ms !== null) this.set({ job: name }, Number(duration_ms) / MS);
      }
    },
  });
  new Counter({
    name: "tributary_job_failures_total",
    help: "Runs of a scheduled job that ended badly, in all tenants",
    labelNames: ["job"],
    registers,
    async collect() {
      this.reset();
      for (const { name, failures } of await figures()) this.inc({ job: name }, Number(failures));
    },
  });
}
