import { TextInput } from "@mantine/core";
import { isTributaryError } from "@tributary/sdk";
import { useState } from "react";
import { useAct } from "../../app/queries.ts";
import { t } from "../../i18n/messages.ts";
import { Dialog } from "../../ui/dialog.tsx";
import { eventsOf } from "./endpoint-detail.tsx";
import { EventCatalogue } from "./event-catalogue.tsx";

type CreateEndpointProps = {
  readonly isOpen: boolean;
  readonly onClose: () => void;
  readonly onMade: (secret: string) => void;
};

/** An address of the reader's own that events are posted to. */
export function CreateEndpoint({ isOpen, onClose, onMade }: CreateEndpointProps) {
  const [url, setUrl] = useState("");
  const [events, setEvents] = useState("*");
  const create = useAct("registerWebhook", {
    touches: ["listWebhookEndpoints"],
    onDone: ({ secret }) => {
      onMade(secret);
      setUrl("");
      onClose();
    },
  });
  const names = eventsOf(events);
  return (
    <Dialog
      title={t("webhook.create")}
      act={t("webhook.create")}
      isOpen={isOpen}
      onClose={onClose}
      isBusy={create.isPending}
      error={create.error}
      isReady={url !== "" && names.length > 0}
      onSubmit={() => create.mutate({ body: { url, events: names } } as never)}
    >
      <TextInput
        label={t("column.address")}
        type="url"
        dir="ltr"
        placeholder="https://"
        data-autofocus
        value={url}
        onChange={(event) => setUrl(event.currentTarget.value)}
      />
      <TextInput
        label={t("webhook.events")}
        description={t("webhook.eventsText")}
        dir="ltr"
        value={events}
        onChange={(event) => setEvents(event.currentTarget.value)}
      />
      <EventCatalogue />
      {isTributaryError(create.error, "webhook.url_private") ? (
        <div>
          <p>{t("webhook.local")}</p>
          <code dir="ltr" style={{ overflowWrap: "anywhere" }}>
            npm run tributary -- listen --server {location.origin} --api-key ID:SECRET --forward-to {url}
          </code>
        </div>
      ) : null}
    </Dialog>
  );
}
