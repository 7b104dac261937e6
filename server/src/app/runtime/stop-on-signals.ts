import { styled } from "./terminal.ts";

export type StopOnSignals = {
  /** Begins to stop. */
  readonly stop: (reason: string) => void;
  /** Ends at once. */
  readonly force: () => void;
};

/** npm hands on the signal that the terminal sent to all of us: what comes within this time of the first is the same one. */
const ECHO_MS = 500;
const SIGNALS = ["SIGINT", "SIGTERM", "SIGHUP"] as const;

/** Ctrl-C (or a scheduler's SIGTERM) stops in order, a second one at once. Also when the process that supervises this one is gone. */
export function stopOnSignals({ stop, force }: StopOnSignals): void {
  let stoppingSince: number | undefined;
  const onSignal = (signal: string): void => {
    if (stoppingSince === undefined) {
      stoppingSince = performance.now();
      stop(signal);
    } else if (performance.now() - stoppingSince > ECHO_MS) {
      process.stderr.write(`${styled("yellow", "Stopping at once; the next start recovers.")}\n`);
      force();
    }
  };
  for (const signal of SIGNALS) process.on(signal, () => onSignal(signal));
  if (process.env["TRIBUTARY_SUPERVISED"] === "1" && process.channel) {
    process.once("disconnect", () => {
      if (stoppingSince === undefined) onSignal("the start script ended");
    });
    // A listener keeps the channel, and with it this process, alive: a start that was refused would never end.
    process.channel.unref();
  }
}
