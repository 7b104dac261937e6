import type { Cluster } from "./cluster.ts";
import type { Check } from "./ratio.ts";

/** What a benchmark is given. */
export type Bench = {
  readonly cluster: Cluster;
  /** Smaller sizes and fewer rounds: shows that it works, and roughly where it stands. */
  readonly isQuick: boolean;
  /** Progress, for people. */
  readonly say: (line: string) => void;
};

export type Outcome = {
  readonly checks: readonly Check[];
  /** What else was seen, a sentence each. */
  readonly notes: readonly string[];
};

export type Benchmark = {
  readonly name: string;
  readonly title: string;
  /** What the subject and its floor are: without it a ratio says nothing. */
  readonly about: string;
  readonly run: (bench: Bench) => Promise<Outcome>;
};
