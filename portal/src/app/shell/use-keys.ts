import { useNavigate } from "@tanstack/react-router";
import { useEffect, useState } from "react";
import { areLettersOn } from "../../ui/letter-keys.ts";
import { useMe } from "../me.ts";
import { OPERATOR_NAV, PARTNER_NAV, PATHS } from "../paths.ts";

const WAIT_MS = 1200;

/** What a key has opened over the page. */
export type Over = "palette" | "keys";

/** `Ctrl`/`⌘` `K` opens the palette, `?` the list of keys; `g` and a letter go to a page. Letters rest while somebody types, or has turned them off. */
export function useKeys() {
  const { isPartner } = useMe();
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
      const entries = (isPartner ? PARTNER_NAV : OPERATOR_NAV).flatMap((group) => group.entries);
      const entry = entries.find(({ key }) => key === event.key);
      if (entry) void navigate({ to: PATHS[entry.path] });
    };
    addEventListener("keydown", listen);
    return () => removeEventListener("keydown", listen);
  }, [isPartner, navigate]);
  return { over, close: () => setOver(undefined), openPalette: () => setOver("palette") };
}
