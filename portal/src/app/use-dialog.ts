import { useUrlState } from "./url-state.ts";

/** A dialog of a page, open or not by the address: the palette and links lead into it, and Back closes it. */
export function useDialog(name: string) {
  const { search, change } = useUrlState();
  return {
    isOpen: search.act === name,
    open: () => change({ act: name }, { replace: false }),
    onClose: () => change({ act: undefined }),
  };
}
