import { type RefObject, useEffect, useRef } from "react";
import { areLettersOn } from "./letter-keys.ts";

type ListKeys = {
  readonly body: RefObject<HTMLTableSectionElement | null>;
  readonly ids: readonly string[];
  /** Brings a row that is not drawn near the window. */
  readonly scrollTo: (index: number) => void;
  readonly onMark: ((id: string) => void) | undefined;
};

const rowOf = (body: HTMLTableSectionElement, id: string): HTMLElement | null =>
  body.querySelector(`[data-row="${CSS.escape(id)}"]`);

/**
 * `j` and `k` walk through the rows of the page's first list, `Enter` opens the one that is reached, `x` marks it, `/` goes to the search and
 * `f` to the filters. They rest where something lies over the page.
 */
export function useListKeys({ body, ids, scrollTo, onMark }: ListKeys): void {
  const at = useRef<string>(undefined);
  useEffect(() => {
    const isFirst = (): boolean => document.querySelector("tbody[data-list]") === body.current;
    const walk = (step: number): void => {
      const focused = document.activeElement?.getAttribute("data-row");
      const from = ids.indexOf(focused ?? at.current ?? "");
      const index = from < 0 ? 0 : Math.min(Math.max(from + step, 0), ids.length - 1);
      const id = ids[index];
      if (id === undefined || body.current === null) return;
      at.current = id;
      const row = rowOf(body.current, id);
      if (row) return row.focus();
      scrollTo(index);
      // Drawn with the next frames, once the list has moved.
      requestAnimationFrame(() =>
        requestAnimationFrame(() => {
          if (body.current) rowOf(body.current, id)?.focus();
        }),
      );
    };
    const listen = (event: KeyboardEvent): void => {
      if (!areLettersOn(event) || document.querySelector("[role=dialog]") !== null || !isFirst()) return;
      const step = { j: 1, k: -1 }[event.key];
      if (step !== undefined) return walk(step);
      const field = { "/": "input[type=search]", f: "[role=group] select" }[event.key];
      if (field !== undefined) {
        const target = document.querySelector<HTMLElement>(`main ${field}`);
        if (target) {
          event.preventDefault();
          target.focus();
        }
        return;
      }
      const focused = document.activeElement?.getAttribute("data-row");
      if (event.key === "x" && focused != null) onMark?.(focused);
    };
    addEventListener("keydown", listen);
    return () => removeEventListener("keydown", listen);
  }, [body, ids, scrollTo, onMark]);
}
