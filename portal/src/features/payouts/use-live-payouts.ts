import { useQueryClient } from "@tanstack/react-query";
import { useEffect } from "react";
import { api } from "../../app/api.ts";
import { useMe } from "../../app/me.ts";

const TOUCHED = ["getPayoutBatch", "listAllPayouts"];

/** Listens while money is on its way, and reads anew what an event of a payout changes. Whoever may not listen sees it on the next look. */
export function useLivePayouts(isMoving: boolean): void {
  const client = useQueryClient();
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
