import { type RefObject, useLayoutEffect } from "react";

/**
 * Columns keep the widths that the rows have given them, so that a head stays under the pointer while other rows are drawn, or none for a moment:
 * a button that moves between press and release is not clicked. A column still grows where a row needs it. Measured anew for another width of the window.
 */
export function useHeldColumns(
  head: RefObject<HTMLTableRowElement | null>,
  drawn: boolean,
  rows: unknown,
  width: number | undefined,
): void {
  // biome-ignore lint/correctness/useExhaustiveDependencies: in another width nothing is held any more.
  useLayoutEffect(() => {
    for (const cell of head.current?.cells ?? []) cell.style.width = "";
  }, [head, width]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: other rows may need more, another width other columns.
  useLayoutEffect(() => {
    if (!drawn) return;
    const cells = [...(head.current?.cells ?? [])];
    const widths = cells.map((cell) => cell.getBoundingClientRect().width);
    for (const [at, cell] of cells.entries()) cell.style.width = `${widths[at]}px`;
  }, [head, drawn, rows, width]);
}
