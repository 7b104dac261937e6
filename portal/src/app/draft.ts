import { useEffect, useRef, useState } from "react";
import { keptOf, restored } from "./draft-rules.ts";
import { DRAFT_PREFIX } from "./forget-drafts.ts";
import { useMe } from "./me.ts";

/** Fields of a form as far as they are filled. */
export type Draft<Fields> = {
  readonly value: Fields;
  /** Onto what is there by then: files are read while somebody types on. */
  readonly change: (changed: Partial<Fields>) => void;
  /** Sent, or begun anew: nothing is kept of it. */
  readonly clear: () => void;
  /** What is there was typed before the page was loaded. */
  readonly isBack: boolean;
  /** Something of the form is never kept. */
  readonly isPartial: boolean;
};

type DraftOptions<Fields> = {
  /** Numbers of taxes and accounts, passwords, signatures, files: never kept, and the browser asks before a page goes on which one was typed. */
  readonly unkept?: readonly (keyof Fields)[];
};

/**
 * What somebody who is signed in types into a form, kept in this tab until it is sent, so that a reload loses nothing: it ends with the tab and with
 * signing out. `empty` is the same object each time.
 */
export const useDraft = <Fields extends object>(
  name: string,
  empty: Fields,
  options: DraftOptions<Fields> = {},
): Draft<Fields> => useKept(`${useMe().user.id}_${name}`, empty, options);

/**
 * What somebody changes of something that is there: what was typed over what is saved, kept as a draft for as long as it differs from it. `isSame` says
 * of two values of a field whether they mean the same.
 */
export function useChanges<Fields extends object>(
  name: string,
  saved: Fields,
  isSame: (typed: unknown, saved: unknown) => boolean = Object.is,
): Draft<Fields> & { readonly isChanged: boolean } {
  const fields = Object.keys(saved) as (keyof Fields)[];
  const [untyped] = useState(() => Object.fromEntries(fields.map((field) => [field, null])) as Partial<Fields>);
  const draft = useDraft<Partial<Fields>>(name, untyped);
  const value = Object.fromEntries(fields.map((field) => [field, draft.value[field] ?? saved[field]])) as Fields;
  const isChanged = fields.some((field) => !isSame(value[field], saved[field]));
  // Saved, or typed back to what it was: there is nothing to keep.
  // biome-ignore lint/correctness/useExhaustiveDependencies: `clear` is another at each turn, and does the same.
  useEffect(() => {
    if (!isChanged) draft.clear();
  }, [isChanged]);
  return { ...draft, value, isChanged };
}

/** The same before anybody has signed in. */
export const useStrangersDraft = <Fields extends object>(
  name: string,
  empty: Fields,
  options: DraftOptions<Fields> = {},
): Draft<Fields> => useKept(name, empty, options);

function useKept<Fields extends object>(name: string, empty: Fields, { unkept = [] }: DraftOptions<Fields>) {
  const place = DRAFT_PREFIX + name;
  const [value, setValue] = useState(() => restored(sessionStorage.getItem(place), empty));
  const [isBack, setBack] = useState(() => value !== empty && keptOf(value, empty, []) !== null);
  // Read when the page goes, which may be before anything is drawn anew.
  const latest = useRef(value);
  const become = (next: Fields): void => {
    latest.current = next;
    const kept = keptOf(next, empty, unkept);
    if (kept === null) sessionStorage.removeItem(place);
    else sessionStorage.setItem(place, kept);
    setValue(next);
  };
  useEffect(() => {
    const ask = (event: BeforeUnloadEvent): void => {
      if (unkept.some((field) => latest.current[field] !== empty[field])) event.preventDefault();
    };
    addEventListener("beforeunload", ask);
    return () => removeEventListener("beforeunload", ask);
  }, [unkept, empty]);
  return {
    value,
    change: (changed: Partial<Fields>) => become({ ...latest.current, ...changed }),
    clear: () => {
      setBack(false);
      become(empty);
    },
    isBack,
    isPartial: unkept.length > 0,
  };
}
