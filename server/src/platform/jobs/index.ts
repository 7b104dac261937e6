export { platformCron } from "./forget-answers.ts";
export type { CronJob, EnqueueOptions, Job, NewJob, WorkerOptions } from "./jobs.ts";
export { enqueue, enqueueAll, runCronJob, runDueJobs, startWorker } from "./jobs.ts";
