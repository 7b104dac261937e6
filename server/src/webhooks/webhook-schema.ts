import { Type } from "typebox";
import { Count, Id, Instant, InstantInput, Line, Nullable, pageOf, pageQuery } from "../platform/http/index.ts";
import { DELIVERY_STATUSES } from "./delivery-repository.ts";

const Events = Type.Array(Type.String({ minLength: 1, maxLength: 60, pattern: "^(\\*|[a-z_]+\\.(\\*|[a-z_]+))$" }), {
  minItems: 1,
  maxItems: 50,
  description: "Types, groups (`payout.*`) or `*` for everything that the credential may read",
  examples: [["commission.*", "payout.completed"]],
});
const Url = Line({
  maxLength: 500,
  description: "https, on port 443 or 8443, at a public address; without user name, password and fragment",
});
const Description = Line({ maxLength: 200, description: "What it is, for people" });

export const CreateEndpointBody = Type.Object(
  { url: Url, description: Type.Optional(Description), events: Events },
  {
    additionalProperties: false,
    examples: [{ url: "https://app.example.com/webhooks", events: ["commission.*", "payout.completed"] }],
  },
);

export const UpdateEndpointBody = Type.Object(
  {
    url: Type.Optional(Url),
    description: Type.Optional(Nullable(Description)),
    events: Type.Optional(Events),
    status: Type.Optional(
      Type.Enum(["active", "inactive"], { description: "`inactive` stops it until it is active again" }),
    ),
  },
  { additionalProperties: false, minProperties: 1, examples: [{ events: ["*"] }] },
);

const endpointFields = {
  id: Id("The endpoint"),
  mode: Type.Enum(["live", "test"], { description: "`test`: of the test twin, whose events alone it gets" }),
  partnerId: Nullable(Id("Whose it is; null for the operator's")),
  url: Type.String({ examples: ["https://app.example.com/webhooks"] }),
  description: Nullable(Type.String()),
  events: Type.Array(Type.String(), { examples: [["commission.*", "payout.completed"]] }),
  status: Type.String({
    description: "active, inactive (turned off by its owner) or failed (turned off by us)",
    examples: ["active"],
  }),
  statusReason: Nullable(
    Type.String({ description: "Why it failed: `gone` (410) or `failing` (nothing taken for days)" }),
  ),
  failureCount: Count("Attempts that failed since one went well"),
  failingSince: Nullable(Instant("Since when nothing was taken")),
  lastTriggeredAt: Nullable(Instant("The last attempt")),
  lastDeliveredAt: Nullable(Instant("The last one that went well")),
  previousSecretUntil: Nullable(Instant("Until then the secret before the rotation signs as well")),
  createdAt: Instant("When it was registered"),
  updatedAt: Instant("Last change"),
};

export const EndpointView = Type.Object(endpointFields, {
  $id: "WebhookEndpoint",
  description: "Where events are sent",
});
export const NewEndpointView = Type.Object(
  {
    ...endpointFields,
    secret: Type.String({
      description: "Verifies messages (Standard Webhooks). Shown once",
      examples: ["whsec_C2FVsBQIhrscChlQIMV+b5sSYspob7oD"],
    }),
  },
  { $id: "NewWebhookEndpoint" },
);
export const EndpointPage = pageOf(EndpointView);
export const EndpointQuery = Type.Object(pageQuery(["createdAt", "-createdAt"]), { additionalProperties: false });
export const WebhookParams = Type.Object({ id: Id("Its id") });

const deliveryFields = {
  id: Id("The delivery"),
  endpointId: Id("Where to"),
  eventId: Id("`webhook-id` of the message: the same in every attempt"),
  eventType: Type.String({ examples: ["commission.approved"] }),
  objectId: Id("What the event is about; its events arrive in order"),
  status: Type.Enum([...DELIVERY_STATUSES], { description: "`dead` after the last attempt" }),
  attempts: Count("Attempts so far"),
  nextAttemptAt: Nullable(Instant("Not before then; null when it is settled")),
  lastStatusCode: Nullable(Type.Integer({ description: "What the endpoint answered last", examples: [200] })),
  lastError: Nullable(Type.String({ description: "Why the last attempt was none" })),
  createdAt: Instant("When it was put on its way"),
  settledAt: Nullable(Instant("When it was delivered or given up")),
};

export const DeliveryView = Type.Object(deliveryFields, {
  $id: "WebhookDelivery",
  description: "One event on its way to one endpoint",
});
export const DeliveryPage = pageOf(DeliveryView);
const Headers = (description: string, example: readonly object[]) =>
  Type.Array(Type.Object({ name: Type.String(), value: Type.String() }), { description, examples: [example] });

export const DeliveryDetailView = Type.Object(
  {
    ...deliveryFields,
    body: Type.String({ description: "What is sent, to the byte", examples: ['{"type":"commission.approved"}'] }),
    log: Type.Array(
      Type.Object({
        attempt: Type.Integer({ examples: [1] }),
        url: Type.String({ examples: ["https://app.example.com/webhooks"] }),
        startedAt: Instant("`webhook-timestamp` of the attempt, to the millisecond"),
        durationMs: Type.Integer({ examples: [84] }),
        requestHeaders: Nullable(
          Headers(
            "What the message was sent with, or would have been where nobody was reached, beside what every request has (`host`, `content-length`). Null where nothing could be signed, and of attempts that are older than this",
            [
              { name: "webhook-id", value: "0198c2d4-5a7e-7c31-9f00-3b1d5e8a6c42" },
              { name: "webhook-timestamp", value: "1772323200" },
            ],
          ),
        ),
        statusCode: Nullable(Type.Integer({ examples: [200] })),
        error: Nullable(Type.String()),
        responseHeaders: Nullable(
          Headers(
            "What was answered, its names in small letters: up to 32, and 4 kB. Of cookies, tokens, keys and the like the name alone is kept. Null where no answer came",
            [
              { name: "content-type", value: "text/plain" },
              { name: "set-cookie", value: "[redacted]" },
            ],
          ),
        ),
        responseBody: Nullable(Type.String({ description: "Its beginning" })),
      }),
      { description: "Attempts, newest first; kept 30 days" },
    ),
  },
  { $id: "WebhookDeliveryDetail" },
);

export const DeliveryQuery = Type.Object(
  {
    ...pageQuery(["createdAt", "-createdAt"]),
    endpointId: Type.Optional(Id("To one endpoint")),
    status: Type.Optional(Type.Enum([...DELIVERY_STATUSES])),
    eventType: Type.Optional(Line({ maxLength: 60, description: "Of one type" })),
    objectId: Type.Optional(Id("About one object")),
  },
  { additionalProperties: false },
);

export const ReplayBody = Type.Object(
  {
    endpointId: Id("Where to"),
    from: InstantInput("Events from then on; 90 days are kept"),
    to: Type.Optional(InstantInput("And before then; now when not given")),
    includeDelivered: Type.Optional(
      Type.Boolean({ description: "Also what was delivered: after a loss on your side", default: false }),
    ),
    cursor: Type.Optional(
      Type.String({ pattern: "^[0-9]{1,18}$", description: "`nextCursor` of the answer before, with the same range" }),
    ),
  },
  {
    additionalProperties: false,
    examples: [{ endpointId: "0198c2d4-5a7e-7c31-9f00-3b1d5e8a6c42", from: "2026-03-01T00:00:00Z" }],
  },
);
export const ReplayView = Type.Object(
  {
    replayed: Count("Deliveries put on their way"),
    nextCursor: Nullable(
      Type.String({
        description: "Where the range holds more than one request replays: send it as `cursor`, with the same range",
        examples: ["5000"],
      }),
    ),
  },
  { $id: "WebhookReplay" },
);

export const EventCatalogue = Type.Object(
  {
    events: Type.Array(
      Type.Object({
        type: Type.String({ examples: ["commission.approved"] }),
        when: Type.String({ examples: ["The hold is over, and it can be paid"] }),
        isOperatorOnly: Type.Boolean({ examples: [false] }),
        schema: Type.Unsafe<object>({
          type: "object",
          additionalProperties: true,
          description: "JSON Schema of the body",
        }),
        example: Type.Unsafe<object>({ type: "object", additionalProperties: true, description: "A body" }),
      }),
    ),
  },
  { $id: "WebhookCatalogue" },
);
