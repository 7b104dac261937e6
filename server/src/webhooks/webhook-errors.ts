import { defineErrors } from "../kernel/errors.ts";

export const webhookErrors = defineErrors("webhook", {
  endpoint_not_found: { kind: "not_found", title: "There is no such webhook endpoint" },
  delivery_not_found: { kind: "not_found", title: "There is no such delivery" },
  url_refused: {
    kind: "invalid",
    title: "Webhooks are not sent to this address: it begins with https:// and is reached from the internet",
  },
  url_private: {
    kind: "invalid",
    title: "This address is on your own machine or network, where the server cannot deliver",
  },
  event_unknown: { kind: "invalid", title: "There is no such event; the catalogue lists them" },
  event_refused: { kind: "forbidden", title: "This credential may not read what these events tell" },
  too_many_endpoints: { kind: "conflict", title: "There are as many endpoints as there may be; delete one first" },
  too_many_secrets: { kind: "conflict", title: "As many secrets sign as may; rotate again when the oldest has ended" },
  endpoint_inactive: { kind: "conflict", title: "The endpoint is turned off; enable it first" },
  range_inverted: { kind: "invalid", title: "The range ends before it begins" },
});

export const streamErrors = defineErrors("stream", {
  not_accepted: { kind: "invalid", title: "Events are streamed to who accepts text/event-stream" },
  cursor_invalid: { kind: "invalid", title: "This is not an id of the stream" },
  too_many: { kind: "too_many", title: "As many streams are open as there may be" },
});
