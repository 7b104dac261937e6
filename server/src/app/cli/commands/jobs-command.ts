import type { Command } from "commander";
import { findGivenUpJobs, removeGivenUpJob, retryGivenUpJobs, runCronJob } from "../../../platform/jobs/index.ts";
import { type AddCommand, type CommandDeps, tableOf } from "../command-context.ts";
import { findTenants, isCalled } from "../find-tenants.ts";

/** `tributary jobs` and `jobs run NAME`: the scheduled jobs, and one of them now. `jobs given-up`, `retry` and `remove`: what failed in all its attempts. */
export const addJobs: AddCommand = (program, deps) => {
  const { withProgram, print, fail } = deps;
  const jobs = program
    .command("jobs")
    .description("scheduled jobs: when each last succeeded, wakes next, and by how much it is late");
  jobs.action(() =>
    withProgram(async (opened) => {
      const tenants = await findTenants(opened);
      for (const { ctx, name, host } of tenants) {
        if (tenants.length > 1) print(`The jobs of ${name} (${host}):`);
        const rows = (await opened.app.jobList.listJobs(ctx)).map((job) => [
          job.name,
          timeOf(job.succeededAt) ?? "never",
          timeOf(job.nextRunAt) ?? "never",
          lagText(job.lagSeconds),
          String(job.progress),
          String(job.failures),
          job.error ?? (job.startedAt !== null && job.finishedAt === null ? "not finished" : ""),
        ]);
        for (const line of tableOf([
          ["job", "last success", "next run", "late by", "done", "failures", "latest run"],
          ...rows,
        ]))
          print(line);
      }
    }),
  );
  jobs
    .command("run")
    .description("run one of them now; a worker that runs it at the same time does no harm")
    .argument("<name>", "as `jobs` lists it")
    .option("--tenant <tenant>", "in one tenant alone, by its id or its host (default: in every active one)")
    .action((name: string, { tenant }: { tenant?: string }, command: Command) =>
      withProgram(async (opened) => {
        const { db, clock, cron } = opened.app;
        const job = cron.find((one) => one.name === name);
        if (job === undefined) return command.error(`error: no job is called ${name}; \`jobs\` lists them`);
        const tenants = await findTenants(opened);
        const asked = tenants.find((one) => tenant !== undefined && isCalled(one, tenant));
        if (tenant !== undefined && asked === undefined)
          command.error(`error: no tenant has the id or the host ${tenant}`);
        const of = asked === undefined ? tenants : [asked];
        try {
          await runCronJob({ db, clock, job, ...(asked === undefined ? {} : { tenantId: asked.ctx.tenantId }) });
        } catch {
          // What failed is told below, tenant by tenant, by its code.
          fail();
        }
        for (const { ctx, host } of of) {
          const run = (await opened.app.jobList.listJobs(ctx)).find((one) => one.name === name);
          print(`${name} in ${host}: ${outcomeOf(run)}`);
        }
      }),
    );
  addGivenUp(jobs, deps);
};

const LISTED_MAX = 100;
const ALL = "all";

function addGivenUp(jobs: Command, { withProgram, print }: CommandDeps): void {
  jobs
    .command("given-up")
    .description("jobs that failed in all their attempts: the oldest of them, each with its last error")
    .action(() =>
      withProgram(async (opened) => {
        const givenUp = await findGivenUpJobs(opened.app.db, LISTED_MAX);
        if (givenUp.length === 0) return print("No job was given up.");
        const hosts = new Map((await findTenants(opened)).map(({ ctx, host }) => [ctx.tenantId, host]));
        const rows = givenUp.map(({ id, name, tenantId, failedAt, lastError }) => [
          id,
          name,
          hosts.get(tenantId ?? "") ?? "-",
          timeOf(failedAt) ?? "",
          lastError ?? "",
        ]);
        for (const line of tableOf([["id", "job", "tenant", "failed", "last error"], ...rows])) print(line);
      }),
    );
  jobs
    .command("retry")
    .description("let jobs that were given up run again, with all their attempts before them")
    .argument("<id>", "as `jobs given-up` lists it, or `all`")
    .action((id: string, _, command: Command) =>
      withProgram(async ({ app }) => {
        const retried = await retryGivenUpJobs(app.db, id === ALL ? undefined : idOf(id, command));
        if (id !== ALL && retried === 0) noneHas(id, command);
        print(`to run again: ${retried}`);
      }),
    );
  jobs
    .command("remove")
    .description(
      "take a job that was given up out of the queue: it is never run again. Refused for work that comes again whatever becomes of its job",
    )
    .argument("<id>", "as `jobs given-up` lists it")
    .action((id: string, _, command: Command) =>
      withProgram(async ({ app }) => {
        const removal = await removeGivenUpJob(app.db, idOf(id, command), app.jobs);
        if (removal.kind === "none") noneHas(id, command);
        if (removal.kind === "comes_again")
          command.error(`error: ${removal.name} would come again if it were removed: ${removal.instead}`);
        print("removed: 1");
      }),
    );
}

/** At most 18 digits: a number that the queue counts in. */
const idOf = (id: string, command: Command): string => (/^\d{1,18}$/.test(id) ? id : noneHas(id, command));

const noneHas = (id: string, command: Command): never =>
  command.error(`error: no job that was given up has the id ${id}; \`jobs given-up\` lists them`);

type Run = {
  readonly startedAt: Date | null;
  readonly error: string | null;
  readonly progress: number;
  readonly durationMs: number | null;
};

function outcomeOf(run: Run | undefined): string {
  if (run === undefined || run.startedAt === null) return "not run: the tenant is not active";
  return run.error === null ? `done (${run.progress} in ${run.durationMs ?? 0} ms)` : `failed: ${run.error}`;
}

const timeOf = (at: Date | null): string | undefined => at?.toISOString().replace(/\.\d+Z$/, "Z");

function lagText(seconds: number | null): string {
  if (seconds === null) return "-";
  if (seconds < 60) return `${seconds} s`;
  if (seconds < 7_200) return `${Math.floor(seconds / 60)} min`;
  return `${Math.floor(seconds / 3_600)} h`;
}
