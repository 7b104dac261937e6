import { useEffect } from "react";
import { areLettersOn } from "./letter-keys.ts";

type RowKeys = {
  readonly rows: readonly { readonly id: string }[];
  readonly openId: string | undefined;
  readonly onStep: (id: string) => void;
};

/** `j` and `k` show the next and the previous row of a list while one of them is open. */
export function useRowKeys({ rows, openId, onStep }: RowKeys): void {
  useEffect(() => {
    if (openId === undefined) return;
    const listen = (event: KeyboardEvent): void => {
      const step = { j: 1, k: -1 }[event.key];
      if (step === undefined || !areLettersOn(event)) return;
      const next = rows[rows.findIndex(({ id }) => id === openId) + step];
      if (next) onStep(next.id);
    };
    addEventListener("keydown", listen);
    return () => removeEventListener("keydown", listen);
  }, [rows, openId, onStep]);
}
