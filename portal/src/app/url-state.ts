import { useNavigate, useSearch } from "@tanstack/react-router";
import type { Search } from "./paths.ts";

/** What the address says of the page, and how to say something else. Opening a thing is a step back can undo; a filter is not. */
export function useUrlState() {
  const search: Search = useSearch({ strict: false });
  const navigate = useNavigate();
  const change = (changed: Search, { replace = true }: { readonly replace?: boolean } = {}): void =>
    void navigate({ to: ".", search: (before: Search) => ({ ...before, ...changed }), replace, resetScroll: false });
  return {
    search,
    change,
    open: (id: string) => change({ open: id }, { replace: false }),
    close: () => change({ open: undefined }),
  };
}
