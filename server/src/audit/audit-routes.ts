import { Type } from "typebox";
import { Id, Instant, InstantInput, Nullable, pageOf, pageQuery, type Routes } from "../platform/http/index.ts";
import type { AuditService } from "./audit-service.ts";

const NAME_LENGTH_MAX = 100;
const Name = (description: string) =>
  Type.String({ minLength: 1, maxLength: NAME_LENGTH_MAX, pattern: "^[\\w.:-]+$", description });

const AuditQuery = Type.Object(
  {
    ...pageQuery(["position", "-position"]),
    action: Type.Optional(Name("`<object>.<past participle>`, as `payout.requested`")),
    actorId: Type.Optional(Name("Who acted: id of a person or a key, or name of a job")),
    targetType: Type.Optional(Name("What was acted on")),
    targetId: Type.Optional(Id("Of what was acted on")),
    occurredFrom: Type.Optional(InstantInput("At or after")),
    occurredBefore: Type.Optional(InstantInput("Before")),
  },
  { additionalProperties: false },
);

const Changed = (description: string) =>
  Type.Unsafe<unknown>({ description: `${description}; null where there is none` });

const AuditPage = pageOf(
  Type.Object(
    {
      id: Id("Of the act"),
      actorType: Type.Enum(["user", "key", "system", "anonymous"]),
      actorId: Nullable(Type.String()),
      action: Type.String({ examples: ["payout.requested"] }),
      targetType: Type.String({ examples: ["payout"] }),
      targetId: Nullable(Type.String()),
      before: Changed("What it was"),
      after: Changed("What it became"),
      reason: Nullable(Type.String()),
      requestId: Nullable(Type.String()),
      network: Nullable(Type.String({ description: "Of the caller's address, cut short" })),
      occurredAt: Instant("When"),
    },
    { description: "An act" },
  ),
);

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
        const { limit, cursor, sort, occurredFrom, occurredBefore, ...filter } = request.query;
        const page = {
          ...(limit !== undefined && { limit }),
          ...(cursor !== undefined && { cursor }),
          ...(sort !== undefined && { sort }),
        };
        return audit.findActs(
          request.ctx,
          {
            ...filter,
            ...(occurredFrom !== undefined && { occurredFrom: new Date(occurredFrom) }),
            ...(occurredBefore !== undefined && { occurredBefore: new Date(occurredBefore) }),
          },
          page,
        );
      },
    );
  };
