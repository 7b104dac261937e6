import { useQueryClient } from "@tanstack/react-query";
import { useEffect, useState } from "react";
import { t } from "../../i18n/messages.ts";
import { formatTime } from "../../ui/dates.ts";
import classes from "./away-bar.module.css";

const AGAIN_MS = 8000;

/** Says that the server does not answer and since when, and asks again until it does. What is shown stays. */
export function AwayBar() {
  const client = useQueryClient();
  const [since, setSince] = useState<Date>();
  useEffect(
    () =>
      client.getQueryCache().subscribe((event) => {
        if (event.type !== "updated") return;
        if (event.action.type === "error" && (event.action.error as Error).name === "NoAnswerError") {
          setSince((before) => before ?? new Date());
        }
        if (event.action.type === "success") setSince(undefined);
      }),
    [client],
  );
  useEffect(() => {
    if (since === undefined) return;
    const timer = setInterval(() => void client.refetchQueries({ type: "active" }), AGAIN_MS);
    return () => clearInterval(timer);
  }, [since, client]);
  return since === undefined ? null : (
    <p className={classes.bar} role="status">
      {t("state.away", { since: formatTime(since) })}
    </p>
  );
}
