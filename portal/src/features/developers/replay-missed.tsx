import { Checkbox, TextInput } from "@mantine/core";
import "@mantine/core/styles/Checkbox.layer.css";
import "@mantine/core/styles/InlineInput.layer.css";
import type { components } from "@tributary/sdk";
import { useState } from "react";
import { useAct } from "../../app/queries.ts";
import { t } from "../../i18n/messages.ts";
import { timeZone } from "../../i18n/time-zone.ts";
import { dayIn, readersDay } from "../../ui/dates.ts";
import { Dialog } from "../../ui/dialog.tsx";
import { formatCount } from "../../ui/numbers.ts";
import { toast } from "../../ui/toast.tsx";

type Endpoint = components["schemas"]["WebhookEndpoint"];
const DAY_MS = 86_400_000;
/** What was missed in that time is suggested, where the endpoint does not say since when it fails. */
const SUGGESTED_DAYS = 7;

type ReplayMissedProps = { readonly endpoint: Endpoint; readonly onClose: () => void };

/** Everything that an endpoint has missed in some days is sent again; one request takes so many of them, and the next goes on. */
export function ReplayMissed({ endpoint: { id, failingSince }, onClose }: ReplayMissedProps) {
  const [from, setFrom] = useState(() =>
    dayIn(failingSince ?? new Date(Date.now() - SUGGESTED_DAYS * DAY_MS), timeZone()),
  );
  const [until, setUntil] = useState("");
  const [includeDelivered, setIncluded] = useState(false);
  const [behind, setBehind] = useState<{ readonly count: number; readonly cursor: string }>();
  const replay = useAct("replayWebhooks", {
    touches: ["listWebhookDeliveries", "listWebhookEndpoints"],
    onDone: ({ replayed, nextCursor }) => {
      const count = (behind?.count ?? 0) + replayed;
      if (nextCursor !== null) return setBehind({ count, cursor: nextCursor });
      onClose();
      toast(t("webhook.missedSent", { count }));
    },
  });
  const isStarted = behind !== undefined;
  return (
    <Dialog
      title={t("webhook.missed")}
      act={t(isStarted ? "webhook.missedRest" : "webhook.missed")}
      isOpen
      onClose={onClose}
      isBusy={replay.isPending}
      error={replay.error}
      isReady={from !== ""}
      onSubmit={() =>
        replay.mutate({
          body: {
            endpointId: id,
            from: readersDay(from).begins,
            // The day itself is part of what is meant.
            ...(until === "" ? {} : { to: readersDay(until).ends }),
            includeDelivered,
            ...(behind ? { cursor: behind.cursor } : {}),
          },
        })
      }
    >
      <p>{isStarted ? t("webhook.missedMore", { count: formatCount(behind.count) }) : t("webhook.missedText")}</p>
      <TextInput
        label={t("webhook.missedFrom")}
        type="date"
        dir="ltr"
        data-autofocus
        disabled={isStarted}
        value={from}
        onChange={(event) => setFrom(event.currentTarget.value)}
      />
      <TextInput
        label={t("field.optional", { label: t("webhook.missedUntil") })}
        type="date"
        dir="ltr"
        disabled={isStarted}
        value={until}
        onChange={(event) => setUntil(event.currentTarget.value)}
      />
      <Checkbox
        label={t("webhook.missedAll")}
        description={t("webhook.missedAllText")}
        disabled={isStarted}
        checked={includeDelivered}
        onChange={(event) => setIncluded(event.currentTarget.checked)}
      />
    </Dialog>
  );
}
