import { DAY_MS } from "../clock.ts";
import { notFound } from "./api-error.ts";
import type { Endpoint } from "./endpoint.ts";
import { newId, toSeconds } from "./ids.ts";
import { readPage } from "./lists.ts";
import type { EventRecord } from "./stripe-records.ts";
import type { Cause, News, StripeWorld } from "./stripe-world.ts";

/** Events can be read for 30 days: https://docs.stripe.com/api/events. */
const READABLE_MS = 30 * DAY_MS;

export const eventEndpoints = (world: StripeWorld): readonly Endpoint[] => [
  {
    method: "GET",
    url: "/v1/events",
    prepare: ({ parameters, account }) => {
      const page = readPage(parameters);
      const created = parameters.range("created");
      const type = parameters.text("type");
      const types = parameters.list("types");
      return () => {
        const matching = world.records.events
          .all()
          .filter((event) => (event.account ?? null) === account && created(event.created))
          .filter((event) => type === undefined || event.type === type)
          .filter((event) => types === undefined || types.includes(event.type));
        return page(matching, "/v1/events");
      };
    },
  },
  {
    method: "GET",
    url: "/v1/events/:id",
    prepare: (call) => () => {
      const id = call.ids["id"] ?? "";
      const event = world.records.events.get(id);
      if (event === undefined || (event.account ?? null) !== call.account) throw notFound("event", id);
      return event;
    },
  },
];

/** Makes the event of a piece of news and forgets those too old to be read. */
export function recordEvent(world: StripeWorld, input: { news: News; cause: Cause; apiVersion: string }): EventRecord {
  const { news, cause, apiVersion } = input;
  const now = world.now();
  for (const event of world.records.events.values()) {
    // They lie in the order of time: the first that is young enough ends the search.
    if (event.created > toSeconds(new Date(now.getTime() - READABLE_MS))) break;
    world.records.events.remove(event.id);
  }
  return world.records.events.put({
    id: newId("evt"),
    object: "event",
    ...(news.account === undefined ? {} : { account: news.account }),
    api_version: apiVersion,
    created: toSeconds(now),
    data: { object: news.object, ...(news.previous === undefined ? {} : { previous_attributes: news.previous }) },
    livemode: false,
    pending_webhooks: 0,
    request:
      cause === null
        ? { id: null, idempotency_key: null }
        : { id: cause.requestId, idempotency_key: cause.idempotencyKey },
    type: news.type,
  });
}
