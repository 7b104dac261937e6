import { useQuery } from "@tanstack/react-query";
import { useMe } from "../../app/me.ts";
import { read } from "../../app/queries.ts";
import { t } from "../../i18n/messages.ts";

/** Every event that the reader can be told of, by the name to type, with when it happens. */
export function EventCatalogue() {
  const { isPartner } = useMe();
  const { data } = useQuery(read("listWebhookEvents"));
  const events = data?.events.filter(({ isOperatorOnly }) => !isPartner || !isOperatorOnly) ?? [];
  if (events.length === 0) return null;
  return (
    <details>
      <summary>{t("webhook.catalogue", { count: events.length })}</summary>
      <ul lang="en" dir="ltr">
        {events.map(({ type, when }) => (
          <li key={type} style={{ marginBlockStart: "0.5rem", overflowWrap: "anywhere" }}>
            <code>{type}</code>
            <br />
            {when}
          </li>
        ))}
      </ul>
    </details>
  );
}
