export { countReadyJobs, isQueued } from "./count-ready.ts";
export { createJobList, type JobView } from "./find-jobs.ts";
export { platformCron } from "./forget-answers.ts";
export { findGivenUpJobs, type GivenUpJob, removeGivenUpJob, retryGivenUpJobs } from "./given-up.ts";
export { jobRoutes } from "./job-routes.ts";
export type { ReportProgress } from "./job-runs.ts";
export { nextRun } from "./job-schedule.ts";
export type { CronJob, EnqueueOptions, Job, NewJob, WorkerOptions } from "./jobs.ts";
export { enqueue, enqueueAll, runCronJob, runDueJobs, startWorker } from "./jobs.ts";
