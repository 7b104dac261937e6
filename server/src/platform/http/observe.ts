/** An answer that was given, as it is measured and logged. Nothing of who asked. */
export type Answered = {
  readonly requestId: string;
  readonly method: string;
  /** As the router knows it. */
  readonly route: string;
  readonly status: number;
  readonly durationMs: number;
};

export type ObserveRequest = (answered: Answered) => void;
