/** Tells a person how far long work has come, on standard error, so that standard output stays for results. */
export type Progress = {
  /** Shows a figure; as often as it is called, it prints a few times a second at most. */
  readonly update: (done: number) => void;
  /** Ends the line with a last figure. */
  readonly finish: (done: number) => void;
};

const REDRAW_MS = 200;
/** Where nobody watches (a log file), a line every so many is enough. */
const LOGGED_EVERY = 100_000;

/** A counter with a label, drawn over itself on a terminal. */
export function startProgress(label: string, output: NodeJS.WriteStream = process.stderr): Progress {
  const startedAt = performance.now();
  let drawnAt = 0;
  let loggedAt = 0;
  const text = (done: number) => `${label}: ${done.toLocaleString("en-US")}`;
  return {
    update: (done) => {
      if (!output.isTTY) {
        if (done - loggedAt < LOGGED_EVERY) return;
        loggedAt = done;
        output.write(`${text(done)}\n`);
        return;
      }
      const at = performance.now();
      if (at - drawnAt < REDRAW_MS) return;
      drawnAt = at;
      output.write(`\r\u001b[2K${text(done)}`);
    },
    finish: (done) => {
      const seconds = ((performance.now() - startedAt) / 1_000).toFixed(1);
      output.write(`${output.isTTY ? "\r\u001b[2K" : ""}${text(done)} in ${seconds} s\n`);
    },
  };
}
