/** Rows that are all there, for a table. */
export const asList = <Row>(rows: readonly Row[]) => ({
  rows,
  isPending: false,
  isFetching: false,
  error: null,
  hasMore: false,
  loadMore: () => {},
  retry: () => {},
});
