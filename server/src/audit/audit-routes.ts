import type { FastifyReply } from "fastify";
import { Type } from "typebox";
import { Id, Instant, InstantInput, Line, Nullable, pageOf, pageQuery, type Routes } from "../platform/http/index.ts";
import type { AuditService } from "./audit-service.ts";
import { AUDIT_FORMATS, type AuditFile } from "./export-audit.ts";
import { WORDS_SEARCHED_DAYS } from "./search-rules.ts";

const NAME_LENGTH_MAX = 100;
const ACTOR_TYPES = ["user", "key", "system", "anonymous"] as const;
const Name = (description: string) =>
  Type.String({ minLength: 1, maxLength: NAME_LENGTH_MAX, pattern: "^[\\w.:-]+$", description });

const filters = {
  action: Type.Optional(
    Type.String({
      minLength: 1,
      maxLength: NAME_LENGTH_MAX,
      pattern: "^[\\w.:-]+\\*?$",
      description: "`<object>.<past participle>`, as `payout.requested`; all that begin alike as `payout.*`",
    }),
  ),
  actorType: Type.Optional(Type.Enum([...ACTOR_TYPES], { description: "What acted" })),
  actorId: Type.Optional(Name("Who acted: id of a person or a key, or name of a job")),
  targetType: Type.Optional(Name("What was acted on")),
  targetId: Type.Optional(Id("Of what was acted on")),
  occurredFrom: Type.Optional(InstantInput("At or after")),
  occurredBefore: Type.Optional(InstantInput("Before")),
  words: Type.Optional(
    Line({
      minLength: 2,
      maxLength: 200,
      description: `A name or an e-mail of who acted or was acted on, whole or in part, or anywhere in the act, its reason and what it changed; in the last ${WORDS_SEARCHED_DAYS} days where no \`occurredFrom\` is given`,
    }),
  ),
};
const AuditQuery = Type.Object(
  { ...pageQuery(["position", "-position"]), ...filters },
  { additionalProperties: false },
);
const ExportQuery = Type.Object(
  { ...filters, format: Type.Optional(Type.Enum([...AUDIT_FORMATS], { description: "CSV when not given" })) },
  { additionalProperties: false },
);
/** Instants of a query, as the trail has them. */
function filterOf<Query extends { occurredFrom?: string; occurredBefore?: string }>({
  occurredFrom,
  occurredBefore,
  ...rest
}: Query) {
  return {
    ...rest,
    ...(occurredFrom !== undefined && { occurredFrom: new Date(occurredFrom) }),
    ...(occurredBefore !== undefined && { occurredBefore: new Date(occurredBefore) }),
  };
}

const Changed = (description: string) =>
  Type.Unsafe<unknown>({ description: `${description}; null where there is none` });

const Act = Type.Object(
  {
    id: Id("Of the act"),
    actorType: Type.Enum([...ACTOR_TYPES]),
    actorId: Nullable(Type.String()),
    actorName: Nullable(
      Type.String({
        description: "What who acted is called now, where they are somebody",
        examples: ["Grace Hopper"],
      }),
    ),
    action: Type.String({ examples: ["payout.requested"] }),
    targetType: Type.String({ examples: ["payout"] }),
    targetId: Nullable(Type.String()),
    targetName: Nullable(
      Type.String({
        description: "What a person, partner or key that was acted on is called now",
        examples: ["Hopper & Daughters"],
      }),
    ),
    before: Changed("What it was"),
    after: Changed("What it became"),
    reason: Nullable(Type.String()),
    requestId: Nullable(Type.String()),
    network: Nullable(Type.String({ description: "Of the caller's address, cut short" })),
    occurredAt: Instant("When"),
  },
  { description: "An act" },
);
const AuditPage = Type.Object({
  ...pageOf(Act).properties,
  isCut: Type.Boolean({
    description:
      "`words` name more people and partners than were looked for: there may be more acts by them and on them",
  }),
});

const sendFile = (reply: FastifyReply, { name, contentType, content, isCut }: AuditFile): FastifyReply =>
  reply
    .type(contentType)
    .header("content-disposition", `attachment; filename="${name}"`)
    .header("cache-control", "no-store")
    .header("names-cut", `${isCut}`)
    .send(content);

/** What the operator's people look up: who did what. */
export const auditRoutes =
  (audit: AuditService): Routes =>
  (app) => {
    app.get(
      "/api/v1/admin/audit",
      {
        config: { access: { audience: "operator", scope: "audit:read" } },
        schema: {
          operationId: "listAudit",
          tags: ["Audit"],
          summary: "Who did what, newest first",
          querystring: AuditQuery,
          response: {
            200: AuditPage,
          },
        },
      },
      (request) => {
        const { limit, cursor, sort, ...filter } = request.query;
        const page = {
          ...(limit !== undefined && { limit }),
          ...(cursor !== undefined && { cursor }),
          ...(sort !== undefined && { sort }),
        };
        return audit.findActs(request.ctx, filterOf(filter), page);
      },
    );
    app.get(
      "/api/v1/admin/audit/export",
      {
        config: { access: { audience: "operator", scope: "audit:read" } },
        schema: {
          operationId: "exportAudit",
          tags: ["Audit"],
          summary: "Who did what, as a file, oldest first",
          description:
            "Sent while it is made. That it was made, and of what, stands in the trail. The header `names-cut` is `true` where `words` name more people and partners than were looked for.",
          querystring: ExportQuery,
          response: {
            200: {
              description: "The acts",
              content: {
                "text/csv": { schema: Type.String({ format: "binary" }) },
                "application/json": { schema: Type.String({ format: "binary" }) },
              },
            },
          },
        },
      },
      async (request, reply) => {
        const { format = "csv", ...filter } = request.query;
        const file = await audit.exportAudit(request.ctx, { ...filterOf(filter), format });
        return sendFile(reply, file);
      },
    );
  };
