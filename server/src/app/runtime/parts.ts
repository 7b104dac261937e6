/** What one process does: answer requests, do the work behind them, or both. */
export type Parts = { readonly api: boolean; readonly worker: boolean };
