import { useNavigate } from "@tanstack/react-router";
import { useEffect } from "react";
import { useMe } from "../me.ts";
import { OPERATOR_NAV, PARTNER_NAV, PATHS } from "../paths.ts";

const WAIT_MS = 1200;

/** `g` and a letter go to a page. Keys rest while somebody types. */
export function usePageKeys(): void {
  const { isPartner } = useMe();
  const navigate = useNavigate();
  useEffect(() => {
    let since = 0;
    const listen = (event: KeyboardEvent): void => {
      const isTyping = (event.target as Element).closest("input, textarea, select, [contenteditable]") !== null;
      if (isTyping || event.metaKey || event.ctrlKey || event.altKey) return;
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
}
