import { useNavigate } from "@tanstack/react-router";
import { useEffect, useRef, useState } from "react";
import { areLettersOn } from "../../ui/letter-keys.ts";
import { useNav } from "../nav.ts";
import { PATHS } from "../paths.ts";

const WAIT_MS = 1200;

/** What a key has opened over the page. */
export type Over = "palette" | "keys";

/** `Ctrl`/`⌘` `K` opens the palette, `?` the list of keys; `g` and a letter go to a page. Letters rest while somebody types, or has turned them off. */
export function useKeys() {
  // As of now, when a key is pressed: the listener stays.
  const now = useNav();
  const nav = useRef(now);
  nav.current = now;
  const navigate = useNavigate();
  const [over, setOver] = useState<Over>();
  useEffect(() => {
    let since = 0;
    const listen = (event: KeyboardEvent): void => {
      if (event.key.toLowerCase() === "k" && (event.metaKey || event.ctrlKey) && !event.altKey && !event.shiftKey) {
        event.preventDefault();
        setOver("palette");
        return;
      }
      if (!areLettersOn(event)) return;
      if (event.key === "?") setOver("keys");
      if (event.key === "g") {
        since = Date.now();
        return;
      }
      if (Date.now() - since > WAIT_MS) return;
      since = 0;
      const entries = nav.current.flatMap((group) => group.entries);
      const entry = entries.find(({ key }) => key === event.key);
      if (entry) void navigate({ to: PATHS[entry.path] });
    };
    addEventListener("keydown", listen);
    return () => removeEventListener("keydown", listen);
  }, [navigate]);
  return { over, close: () => setOver(undefined), openPalette: () => setOver("palette") };
}
