import { useQueryClient } from "@tanstack/react-query";
import { useEffect, useRef } from "react";
import { api } from "../../app/api.ts";
import { useMe } from "../../app/me.ts";

const TOUCHED = ["getPayoutBatch", "listAllPayouts"];

/**
 * Listens while money is on its way, and reads anew what an event of a payout changes. Whoever may not listen sees it on the next look. The payouts of a batch
 * are read anew, too, when it has come to another state, by whomever.
 */
export function useLivePayouts(isMoving: boolean, state: string | undefined): void {
  const client = useQueryClient();
  const known = useRef(state);
  useEffect(() => {
    if (known.current !== undefined && known.current !== state)
      void client.invalidateQueries({ queryKey: ["listAllPayouts"] });
    known.current = state;
  }, [client, state]);
  const { may } = useMe();
  const mayListen = may("webhooks:read");
  useEffect(() => {
    if (!isMoving) return;
    if (!mayListen) {
      const timer = setInterval(() => TOUCHED.forEach((id) => void client.invalidateQueries({ queryKey: [id] })), 5000);
      return () => clearInterval(timer);
    }
    const stop = new AbortController();
    const listen = async (): Promise<void> => {
      for await (const { event } of api.events({ signal: stop.signal })) {
        if (event.type.startsWith("payout."))
          TOUCHED.forEach((id) => void client.invalidateQueries({ queryKey: [id] }));
      }
    };
    // A refusal of the stream takes nothing from the page but its liveness.
    listen().catch(() => {});
    return () => stop.abort();
  }, [isMoving, mayListen, client]);
}
