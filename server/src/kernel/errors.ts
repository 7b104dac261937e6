/**
 * What kind of situation an error describes. Only `platform/http/problem.ts` knows the status code of a kind.
 * `conflict`: the state forbids it; `gone`: it existed and will not come back; `unavailable`: try again later.
 */
export type ErrorKind =
  | "invalid"
  | "unauthenticated"
  | "forbidden"
  | "not_found"
  | "conflict"
  | "gone"
  | "too_large"
  | "too_many"
  | "unavailable";

export type ErrorEntry = { readonly kind: ErrorKind; readonly title: string };

/** Public facts about an error: they reach the caller, so never SQL, secrets or another tenant's data. */
export type ErrorFacts = Readonly<Record<string, unknown>>;

/** An error that is part of the API: its `code` never changes, its text may. */
export class CatalogueError extends Error {
  override name = "CatalogueError";
  readonly code: string;
  readonly kind: ErrorKind;
  readonly facts: ErrorFacts;

  constructor(code: string, entry: ErrorEntry, facts: ErrorFacts, cause?: unknown) {
    super(entry.title, cause === undefined ? undefined : { cause });
    this.code = code;
    this.kind = entry.kind;
    this.facts = facts;
  }
}

/** A module's errors: `payoutErrors.below_minimum({ minimum, balance })` makes one to throw; `cause` stays internal. */
export type ErrorCatalogue<Name extends string> = {
  readonly [N in Name]: (facts?: ErrorFacts, cause?: unknown) => CatalogueError;
} & { readonly entries: Readonly<Record<string, ErrorEntry>> };

/** Every entry that was declared, by code: what the reference of errors is made of. */
const declared = new Map<string, ErrorEntry>();

/** The errors of every module that is loaded, by code. */
export const declaredErrors = (): ReadonlyMap<string, ErrorEntry> => declared;

/** Declares a module's catalogue. Codes are `<module>.<name>`. */
export function defineErrors<const Entries extends Record<string, ErrorEntry>>(
  module: string,
  entries: Entries,
): ErrorCatalogue<keyof Entries & string> {
  const makers = Object.fromEntries(
    Object.entries(entries).map(([name, entry]) => [
      name,
      (facts: ErrorFacts = {}, cause?: unknown) => new CatalogueError(`${module}.${name}`, entry, facts, cause),
    ]),
  );
  const byCode = Object.fromEntries(Object.entries(entries).map(([name, entry]) => [`${module}.${name}`, entry]));
  for (const [code, entry] of Object.entries(byCode)) declared.set(code, entry);
  return { ...makers, entries: byCode } as ErrorCatalogue<keyof Entries & string>;
}

/** Whether `error` is a catalogue error with this code. */
export const hasCode = (error: unknown, code: string): boolean =>
  error instanceof CatalogueError && error.code === code;
