/** Why the program cannot start, for the person at the terminal, and what they can do about it. It is shown without a stack. */
export class StartError extends Error {
  override name = "StartError";
  readonly remedy: string;
  constructor(message: string, remedy: string, cause?: unknown) {
    super(message, cause === undefined ? {} : { cause });
    this.remedy = remedy;
  }
}

/** The code of a failed system call (`ENOENT`, `EACCES`, …), if it is one. */
export const systemCode = (error: unknown): string | undefined =>
  error instanceof Error && "code" in error && typeof error.code === "string" ? error.code : undefined;
