import { type Access, type App, type Routes } from "../platform/http/index.ts";
import type { KeyOwner } from "./api-key-rules.ts";
import { API_TIERS } from "./authenticate-partner.ts";
import {
  ApiKeyPage,
  ApiKeyView,
  ExchangeKeyBody,
  generateKeyBody,
  IdParams,
  KeyTokenView,
  NewApiKeyView,
  NewestFirstQuery,
} from "./identity-schema.ts";
import type { IdentityService } from "./identity-service.ts";

type KeyRoutes = { owner: KeyOwner; url: string; access: Access; making: Access; name: string; tags: string[] };

/** API keys: a partner's own, and the operator's. */
export const apiKeyRoutes =
  (identity: IdentityService): Routes =>
  (app) => {
    const partner = { audience: "partner", scope: "own:keys:write" } as const;
    const operator = { audience: "operator", scope: "keys:write" } as const;
    addRoutes(app, identity, {
      owner: "partner",
      url: "/api/v1/partners/api-keys",
      access: partner,
      making: { ...partner, tiers: API_TIERS },
      name: "Partner",
      tags: ["API keys"],
    });
    app.post(
      "/api/v1/partner-api/auth",
      {
        config: { access: { audience: "public" }, idempotency: "none" },
        schema: {
          operationId: "authenticatePartnerAPI",
          tags: ["Partner API"],
          summary: "Exchange a key and its secret for a token of ten minutes",
          description:
            "Send it as `Authorization: Bearer`. It may do what the key may, from where the key may, for as long as the key counts and the partner is active.",
          body: ExchangeKeyBody,
          response: { 200: KeyTokenView },
        },
      },
      async (request) => ({
        ...(await identity.exchangeKey(request.ctx, request.body)),
        tokenType: "Bearer" as const,
      }),
    );
    addRoutes(app, identity, {
      owner: "operator",
      url: "/api/v1/admin/api-keys",
      access: operator,
      making: operator,
      name: "Operator",
      tags: ["API keys"],
    });
  };

function addRoutes(app: App, identity: IdentityService, { owner, url, access, making, name, tags }: KeyRoutes): void {
  app.post(
    url,
    {
      config: { access: making, idempotency: "secret", successStatus: 201 },
      schema: {
        operationId: `generate${name}APIKey`,
        tags,
        summary: "Make an API key; its secret is shown once",
        body: generateKeyBody(owner),
        response: { 201: NewApiKeyView },
      },
    },
    async (request, reply) => {
      const { expiresAt, ...input } = request.body;
      const expiry = expiresAt === undefined ? null : new Date(expiresAt);
      return reply.code(201).send(await identity.generateAPIKey(request.ctx, { ...input, owner, expiresAt: expiry }));
    },
  );

  app.get(
    url,
    {
      config: { access },
      schema: {
        operationId: `list${name}APIKeys`,
        tags,
        summary: "API keys, without their secrets",
        querystring: NewestFirstQuery,
        response: { 200: ApiKeyPage },
      },
    },
    (request) => identity.findAPIKeys(request.ctx, { owner, page: request.query }),
  );

  app.delete(
    `${url}/:id`,
    {
      config: { access },
      schema: {
        operationId: `revoke${name}APIKey`,
        tags,
        summary: "Revoke an API key, at once",
        params: IdParams,
        response: { 200: ApiKeyView },
      },
    },
    (request) => identity.revokeAPIKey(request.ctx, { owner, id: request.params.id }),
  );
}
