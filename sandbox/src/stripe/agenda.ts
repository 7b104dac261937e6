import { MINUTE_MS, type SandboxClock } from "../clock.ts";
import type { Collection } from "../records/record-store.ts";

/** Something that happens by itself at an instant. Of one id there is one: scheduling it again moves it. */
export type Task = { readonly id: string; readonly dueMs: number; readonly kind: string; readonly subject: string };

export type Agenda = {
  schedule(task: Task): void;
  cancel(taskId: string): void;
  /** Does what is due, in the order of time. */
  runDue(): void;
  /** The instant that things happen at: while a task runs its own, however far the clock has been moved past it. */
  now(): Date;
  close(): void;
};

/** A timer cannot be longer than 2^31 - 1 ms; a wake-up with nothing due only sets the next. */
const TIMER_MS_MAX = 60 * MINUTE_MS;

/** Keeps what is to happen, across restarts where the collection is kept, and does it when the clock has passed it. */
export function createAgenda(options: {
  readonly tasks: Collection<Task>;
  readonly clock: SandboxClock;
  readonly run: (task: Task) => void;
  /** Keeps a task's effects in one with its being done. */
  readonly atomically: <T>(work: () => T) => T;
}): Agenda {
  const { tasks, clock, run, atomically } = options;
  let instantMs: number | undefined;
  let timer: NodeJS.Timeout | undefined;
  let closed = false;

  const now = (): Date => (instantMs === undefined ? clock.now() : new Date(instantMs));
  const next = (): Task | undefined =>
    tasks
      .all()
      .reduce<Task | undefined>((first, task) => (first && first.dueMs <= task.dueMs ? first : task), undefined);

  const wakeForNext = (): void => {
    clearTimeout(timer);
    const task = next();
    if (task === undefined || closed) return;
    const delayMs = Math.min(Math.max(task.dueMs - clock.now().getTime(), 0), TIMER_MS_MAX);
    timer = setTimeout(runDue, delayMs).unref();
  };

  function runDue(): void {
    // A task that is scheduled by a task runs in the same pass when it is due.
    if (instantMs !== undefined) return;
    try {
      for (let task = next(); task !== undefined && task.dueMs <= clock.now().getTime(); task = next()) {
        const due = task;
        instantMs = due.dueMs;
        atomically(() => {
          tasks.remove(due.id);
          run(due);
        });
      }
    } finally {
      instantMs = undefined;
      wakeForNext();
    }
  }

  wakeForNext();
  return {
    schedule(task) {
      tasks.put(task);
      if (instantMs === undefined) wakeForNext();
    },
    cancel: (taskId) => tasks.remove(taskId),
    runDue,
    now,
    close() {
      closed = true;
      clearTimeout(timer);
    },
  };
}
