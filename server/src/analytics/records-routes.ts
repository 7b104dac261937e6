import { Type } from "typebox";
import { Amount, type App, Id, Instant, Line, Nullable, pageOf, pageQuery } from "../platform/http/index.ts";
import type { PartnerAnalyticsService } from "./partner-analytics-service.ts";
import { RECORD_KINDS } from "./records-repository.ts";
import { TIMELINE_KINDS } from "./timeline-repository.ts";

const FindQuery = Type.Object(
  {
    q: Line({ minLength: 2, maxLength: 200, description: "An id, or a part of a name; a whole e-mail or external id" }),
  },
  { additionalProperties: false },
);
const FoundRecords = Type.Object({
  data: Type.Array(
    Type.Object(
      {
        kind: Type.Enum([...RECORD_KINDS]),
        id: Id("What was found"),
        partnerId: Nullable(Id("Whose it is; null for a sale to a customer that nobody brought")),
        title: Nullable(Type.String({ description: "What it is called" })),
        status: Nullable(Type.String()),
        amount: Nullable(Amount("What it is about")),
        currency: Nullable(Type.String()),
      },
      { $id: "FoundRecord", description: "Something with that id, or called so" },
    ),
    { description: "At most five of a kind, the newest first" },
  ),
});

const TimelineQuery = Type.Object(
  { ...pageQuery(["at", "-at"]), kind: Type.Optional(Type.Enum([...TIMELINE_KINDS])) },
  { additionalProperties: false },
);
const TimelinePage = pageOf(
  Type.Object(
    {
      id: Id("Of the entry"),
      kind: Type.Enum([...TIMELINE_KINDS]),
      what: Type.String({
        description: "The act in the trail, or the state it came to",
        examples: ["partner.approved"],
      }),
      at: Instant("When"),
      objectId: Nullable(Id("What it happened to, where that has a page")),
      actorType: Nullable(Type.String({ examples: ["user"] })),
      actorName: Nullable(Type.String({ description: "Who did it" })),
      text: Nullable(Type.String({ description: "What was said" })),
      amount: Nullable(Amount("Of it")),
      currency: Nullable(Type.String()),
    },
    { $id: "TimelineEntry", description: "Something that happened to or with a partner" },
  ),
);

/** Finding a thing by what it is called, and one partner's line of time. */
export function recordsRoutes(app: App, analytics: PartnerAnalyticsService): void {
  app.get(
    "/api/v1/admin/find",
    {
      config: { access: { audience: "operator", scope: "partners:read" } },
      schema: {
        operationId: "findRecords",
        tags: ["Operator"],
        summary: "Find anything by its id or name",
        querystring: FindQuery,
        response: { 200: FoundRecords },
      },
    },
    async (request) => ({ data: await analytics.findRecords(request.ctx, request.query) }),
  );
  app.get(
    "/api/v1/partners/find",
    {
      config: { access: { audience: "partner", scope: "own:profile:read" } },
      schema: {
        operationId: "findOwnRecords",
        tags: ["Partners"],
        summary: "Find something of yours by its id or name",
        querystring: FindQuery,
        response: { 200: FoundRecords },
      },
    },
    async (request) => ({ data: await analytics.findOwnRecords(request.ctx, request.query) }),
  );
  app.get(
    "/api/v1/admin/partners/:id/timeline",
    {
      config: { access: { audience: "operator", scope: "partners:read" } },
      schema: {
        operationId: "getPartnerTimeline",
        tags: ["Operator"],
        summary: "Everything that happened to or with a partner, newest first",
        description:
          "Acts, notes, payouts, what was taken back, disputes, tickets and invoices: those that you may read.",
        params: Type.Object({ id: Id("The partner") }),
        querystring: TimelineQuery,
        response: { 200: TimelinePage },
      },
    },
    (request) => analytics.getPartnerTimeline(request.ctx, { ...request.query, partnerId: request.params.id }),
  );
}
