/** Rows are asked for this many before the end of those that are there. */
export const AHEAD = 30;

/** The rows of a table, or the part of them that is here. */
export type TableRows<Row> = {
  readonly rows: readonly Row[];
  /** How many of the list come before these. */
  readonly start: number;
  /** How many are known of, here or not. */
  readonly length: number;
  /** There are more than is known of. */
  readonly hasMore: boolean;
  /** What the list is of: another key, and it is read from its beginning. */
  readonly key: string;
  readonly isPending: boolean;
  readonly isFetching: boolean;
  readonly error: Error | null;
  /** Tells which rows are near the window, by their places in the list: what is missing of them is fetched. */
  readonly look: (first: number, last: number) => void;
  readonly retry: () => void;
};

/** Rows that are all there, or all on their way, for a table. */
export const asList = <Row>(
  rows: readonly Row[],
  query?: {
    readonly isPending: boolean;
    readonly isFetching: boolean;
    readonly error: Error | null;
    readonly refetch: () => unknown;
  },
): TableRows<Row> => ({
  rows,
  start: 0,
  length: rows.length,
  hasMore: false,
  key: "",
  isPending: query?.isPending ?? false,
  isFetching: query?.isFetching ?? false,
  error: query?.error ?? null,
  look: () => {},
  retry: () => void query?.refetch(),
});
