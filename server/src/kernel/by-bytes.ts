/** Compares texts by the bytes of their UTF-8, as Postgres' collation "C" does: the same everywhere, whatever the language. */
export const byBytes = (a: string, b: string): number => Buffer.compare(Buffer.from(a), Buffer.from(b));
