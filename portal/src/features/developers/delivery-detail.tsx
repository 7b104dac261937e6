import { Button } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { read, useAct } from "../../app/queries.ts";
import { t } from "../../i18n/messages.ts";
import { Facts } from "../../ui/facts.tsx";
import { Loaded } from "../../ui/loaded.tsx";
import { Moment } from "../../ui/moment.tsx";
import { Problem } from "../../ui/problem.tsx";
import { Status } from "../../ui/status.tsx";
import { toast } from "../../ui/toast.tsx";
import { AttemptLog, Raw } from "./attempt-log.tsx";

const ASKED_AGAIN_AFTER_MS = 3_000;

/** A body as people read it; what is no JSON as it was sent. */
function readable(body: string): string {
  try {
    return JSON.stringify(JSON.parse(body), null, 2);
  } catch {
    return body;
  }
}

/** One delivery, attempt by attempt, with the body that was sent. */
export function DeliveryDetail({ id }: { readonly id: string }) {
  const query = useQuery({
    ...read("getWebhookDelivery", { path: { id } }),
    // Whoever has sent it again waits for what becomes of it.
    refetchInterval: ({ state }) => (state.data?.status === "waiting" ? ASKED_AGAIN_AFTER_MS : false),
  });
  const replay = useAct("replayWebhookDelivery", {
    touches: ["getWebhookDelivery", "listWebhookDeliveries"],
    onDone: () => toast(t("webhook.replayed")),
  });
  return (
    <Loaded query={query}>
      {(data) => (
        <>
          <Status of="delivery" code={data.status} soft />
          <Facts
            facts={[
              [t("webhook.event"), <code key="e">{data.eventType}</code>],
              [t("webhook.attempts"), data.attempts],
              [t("webhook.answer"), data.lastStatusCode ?? data.lastError],
              [t("column.created"), <Moment key="c" at={data.createdAt} as="time" />],
              data.nextAttemptAt ? [t("webhook.next"), <Moment key="n" at={data.nextAttemptAt} as="time" />] : null,
            ]}
          />
          <div>
            <Button variant="default" disabled={replay.isPending} onClick={() => replay.mutate({ path: { id } })}>
              {t("webhook.replay")}
            </Button>
          </div>
          {replay.error ? <Problem error={replay.error} /> : null}
          <Raw text={readable(data.body)} />
          <AttemptLog log={data.log} />
        </>
      )}
    </Loaded>
  );
}
