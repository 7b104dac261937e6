import { Button, Group, TextInput } from "@mantine/core";
import { Link } from "@tanstack/react-router";
import type { components } from "@tributary/sdk";
import { useState } from "react";
import { useMe } from "../../app/me.ts";
import { PATHS } from "../../app/paths.ts";
import { useAct } from "../../app/queries.ts";
import { t } from "../../i18n/messages.ts";
import { Dialog } from "../../ui/dialog.tsx";
import { Facts } from "../../ui/facts.tsx";
import { Form } from "../../ui/form.tsx";
import { Moment } from "../../ui/moment.tsx";
import { Problem } from "../../ui/problem.tsx";
import { Status } from "../../ui/status.tsx";
import { toast } from "../../ui/toast.tsx";
import { endpointNote } from "./endpoint-words.ts";
import { EventCatalogue } from "./event-catalogue.tsx";
import { ReplayMissed } from "./replay-missed.tsx";
import { SecretOnce } from "./secret-once.tsx";

type Endpoint = components["schemas"]["WebhookEndpoint"];
const TOUCHES = ["listWebhookEndpoints", "listWebhookDeliveries"] as const;

/** The types and groups that are named, parted by commas or blanks. */
export const eventsOf = (typed: string): string[] => typed.split(/[\s,]+/).filter(Boolean);

/** One endpoint: where it is, what it is told, whether that arrives, and its secret. */
export function EndpointDetail({ endpoint, onGone }: { readonly endpoint: Endpoint; readonly onGone: () => void }) {
  const { isPartner, may } = useMe();
  const { id, status } = endpoint;
  return (
    <>
      <Status of="endpoint" code={status} note={endpointNote(endpoint)} soft />
      <Facts
        facts={[
          [t("column.created"), <Moment key="c" at={endpoint.createdAt} as="time" />],
          [t("webhook.last"), <Moment key="l" at={endpoint.lastDeliveredAt} as="ago" />],
          endpoint.failingSince
            ? [t("webhook.failingSince"), <Moment key="f" at={endpoint.failingSince} as="time" />]
            : null,
          endpoint.previousSecretUntil
            ? [t("webhook.oldSecret"), <Moment key="o" at={endpoint.previousSecretUntil} as="time" />]
            : null,
        ]}
      />
      <p>
        <Link to={PATHS.developers} search={{ tab: "deliveries", endpointId: id }}>
          {t("webhook.seeDeliveries")}
        </Link>
      </p>
      {may(isPartner ? "own:webhooks:write" : "webhooks:write") ? (
        <>
          <EndpointForm key={`${endpoint.url} ${endpoint.events.join()}`} endpoint={endpoint} />
          <EndpointActs endpoint={endpoint} onGone={onGone} />
        </>
      ) : null}
    </>
  );
}

function EndpointForm({ endpoint }: { readonly endpoint: Endpoint }) {
  const [url, setUrl] = useState(endpoint.url);
  const [events, setEvents] = useState(endpoint.events.join(", "));
  const save = useAct("updateWebhookEndpoint", { touches: TOUCHES, onDone: () => toast(t("settings.saved")) });
  const names = eventsOf(events);
  const isChanged = url !== endpoint.url || names.join() !== endpoint.events.join();
  return (
    <Form
      act={t("settings.save")}
      isBusy={save.isPending}
      error={save.error}
      isReady={isChanged && url !== "" && names.length > 0}
      isQuiet
      onSubmit={() => save.mutate({ path: { id: endpoint.id }, body: { url, events: names } })}
    >
      <TextInput
        label={t("column.address")}
        type="url"
        dir="ltr"
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
    </Form>
  );
}

function EndpointActs({ endpoint, onGone }: { endpoint: Endpoint; onGone: () => void }) {
  const { id, url, status } = endpoint;
  const [asked, setAsked] = useState<"rotate" | "delete" | "replay">();
  const [secret, setSecret] = useState<string>();
  const close = (): void => setAsked(undefined);
  const ping = useAct("pingWebhookEndpoint", { touches: TOUCHES, onDone: () => toast(t("webhook.pinged")) });
  const enable = useAct("enableWebhookEndpoint", { touches: TOUCHES, onDone: () => toast(t("webhook.enabled")) });
  const stop = useAct("updateWebhookEndpoint", { touches: TOUCHES, onDone: () => toast(t("webhook.stopped")) });
  const rotate = useAct("rotateWebhookSecret", {
    touches: TOUCHES,
    onDone: (rotated) => {
      close();
      setSecret(rotated.secret);
    },
  });
  const remove = useAct("deleteWebhookEndpoint", {
    touches: TOUCHES,
    onDone: () => {
      close();
      onGone();
      toast(t("webhook.deleted"));
    },
  });
  const path = { id };
  const error = ping.error ?? enable.error ?? stop.error;
  return (
    <>
      {secret ? <SecretOnce name={t("webhook.secret")} secret={secret} /> : null}
      {error ? <Problem error={error} /> : null}
      <Group gap="sm">
        {status === "active" ? (
          <>
            <Button variant="default" disabled={ping.isPending} onClick={() => ping.mutate({ path })}>
              {t("webhook.ping")}
            </Button>
            <Button
              variant="default"
              disabled={stop.isPending}
              onClick={() => stop.mutate({ path, body: { status: "inactive" } })}
            >
              {t("webhook.stop")}
            </Button>
            <Button variant="default" onClick={() => setAsked("replay")}>
              {t("webhook.missed")}
            </Button>
          </>
        ) : (
          <Button variant="default" disabled={enable.isPending} onClick={() => enable.mutate({ path })}>
            {t("webhook.enable")}
          </Button>
        )}
        <Button variant="default" onClick={() => setAsked("rotate")}>
          {t("webhook.rotate")}
        </Button>
        <Button variant="default" onClick={() => setAsked("delete")}>
          {t("webhook.delete")}
        </Button>
      </Group>
      {asked === "replay" ? <ReplayMissed endpoint={endpoint} onClose={close} /> : null}
      <Dialog
        title={t("webhook.rotate")}
        act={t("webhook.rotate")}
        isOpen={asked === "rotate"}
        onClose={close}
        isBusy={rotate.isPending}
        error={rotate.error}
        onSubmit={() => rotate.mutate({ path })}
      >
        <p>{t("webhook.rotateEffect")}</p>
      </Dialog>
      <Dialog
        title={t("webhook.delete")}
        act={t("webhook.delete")}
        isOpen={asked === "delete"}
        onClose={close}
        isBusy={remove.isPending}
        error={remove.error}
        isDestructive
        onSubmit={() => remove.mutate({ path })}
      >
        <p>{t("webhook.deleteEffect", { url })}</p>
      </Dialog>
    </>
  );
}
