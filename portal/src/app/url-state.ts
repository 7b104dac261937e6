import { useNavigate, useSearch } from "@tanstack/react-router";
import type { Search } from "./paths.ts";

/** What the address says of the page, and how to say something else. Opening a thing is a step back can undo; a filter is not. */
export function useUrlState() {
  const search: Search = useSearch({ strict: false });
  const navigate = useNavigate();
  const change = (changed: Search, { replace = true }: { readonly replace?: boolean } = {}): void =>
    void navigate({ to: ".", search: (before: Search) => ({ ...before, ...changed }), replace, resetScroll: false });
  const open = (id: string): void => change({ open: id }, { replace: false });
  return {
    search,
    change,
    open,
    close: () => change({ open: undefined }),
    /** For a table whose rows open: which one is, and how another does. */
    opening: { openId: search.open, onOpen: open },
    /** For a table that is sorted, and for its query: by what, unless the address says so. */
    sortedBy: (byDefault: string) => ({
      sort: search.sort ?? byDefault,
      onSort: (sort: string): void => change({ sort }),
    }),
  };
}
