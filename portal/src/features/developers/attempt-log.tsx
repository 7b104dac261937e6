import type { components } from "@tributary/sdk";
import { t } from "../../i18n/messages.ts";
import { Entries, Entry } from "../../ui/entries.tsx";
import classes from "./attempt-log.module.css";

type Attempt = components["schemas"]["WebhookDeliveryDetail"]["log"][number];
type Header = NonNullable<Attempt["responseHeaders"]>[number];

/** What went over the wire, as it did. */
export const Raw = ({ text }: { readonly text: string }) => (
  <pre dir="ltr" className={classes.raw}>
    {text}
  </pre>
);

const linesOf = (headers: readonly Header[]): string =>
  headers.map(({ name, value }) => `${name}: ${value}`).join("\n");

type PartProps = { readonly name: string; readonly text: string | null };

/** One part of an attempt, to unfold; nothing where there was none. */
const Part = ({ name, text }: PartProps) =>
  text ? (
    <details className={classes.part}>
      <summary>{name}</summary>
      <Raw text={text} />
    </details>
  ) : null;

/** Every request of a delivery with what it said and what was answered, the first one first. */
export const AttemptLog = ({ log }: { readonly log: readonly Attempt[] }) => (
  <Entries>
    {log.toReversed().map((one) => (
      <Entry key={one.attempt} by={t("webhook.attempt", { number: one.attempt })} at={one.startedAt}>
        <span>
          {one.statusCode ?? one.error ?? "—"} · {t("webhook.took", { ms: one.durationMs })}
        </span>
        <Part name={t("webhook.requestHeaders")} text={one.requestHeaders && linesOf(one.requestHeaders)} />
        <Part name={t("webhook.responseHeaders")} text={one.responseHeaders && linesOf(one.responseHeaders)} />
        <Part name={t("webhook.responseBody")} text={one.responseBody} />
      </Entry>
    ))}
  </Entries>
);
