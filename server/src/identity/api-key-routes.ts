import { hasCode } from "../kernel/errors.ts";
import type { Ctx } from "../platform/context.ts";
import type { Access, App, Routes } from "../platform/http/index.ts";
import { tenantErrors } from "../tenants/index.ts";
import type { KeyOwner } from "./api-key-rules.ts";
import { API_TIERS } from "./authenticate-partner.ts";
import {
  ApiKeyPage,
  ApiKeyQuery,
  ApiKeyView,
  ExchangeKeyBody,
  generateKeyBody,
  IdParams,
  KeyTokenView,
  NewApiKeyView,
} from "./identity-schema.ts";
import type { IdentityService } from "./identity-service.ts";

/** The way into the test twin of the caller's tenant, as the caller there. Twins lie above: handed in by the composition root. */
export type TwinEntrance = {
  /** Makes the twin, and the partner that stands for the caller's, where they are missing. */
  enter(ctx: Ctx): Promise<Ctx>;
  /** Undefined where they are missing. */
  find(ctx: Ctx): Promise<Ctx | undefined>;
};

/** Where there are none. */
export const NO_TWINS: TwinEntrance = {
  enter: async () => {
    throw tenantErrors.no_twin();
  },
  find: async () => undefined,
};

type KeyRoutes = { owner: KeyOwner; url: string; access: Access; making: Access; name: string; tags: string[] };

/** API keys: a partner's own, and the operator's. */
export const apiKeyRoutes =
  (identity: IdentityService, twins: TwinEntrance): Routes =>
  (app) => {
    const partner = { audience: "partner", scope: "own:keys:write" } as const;
    const operator = { audience: "operator", scope: "keys:write" } as const;
    addRoutes(
      app,
      { identity, twins },
      {
        owner: "partner",
        url: "/api/v1/partners/api-keys",
        access: partner,
        making: { ...partner, tiers: API_TIERS },
        name: "Partner",
        tags: ["API keys"],
      },
    );
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
    addRoutes(
      app,
      { identity, twins },
      {
        owner: "operator",
        url: "/api/v1/admin/api-keys",
        access: operator,
        making: operator,
        name: "Operator",
        tags: ["API keys"],
      },
    );
  };

type KeyParts = { readonly identity: IdentityService; readonly twins: TwinEntrance };

function addRoutes(
  app: App,
  { identity, twins }: KeyParts,
  { owner, url, access, making, name, tags }: KeyRoutes,
): void {
  app.post(
    url,
    {
      config: { access: making, idempotency: "secret", successStatus: 201 },
      schema: {
        operationId: `generate${name}APIKey`,
        tags,
        summary: "Make an API key; its secret is shown once",
        description:
          "A `test` key acts in the test twin of the programme, where no money moves and the clock can be moved; a partner's acts as its counterpart there.",
        body: generateKeyBody(owner),
        response: { 201: NewApiKeyView },
      },
    },
    async (request, reply) => {
      const { expiresAt, mode, ...input } = request.body;
      const expiry = expiresAt === undefined ? null : new Date(expiresAt);
      const ctx = mode === "test" ? await twins.enter(request.ctx) : request.ctx;
      return reply.code(201).send(await identity.generateAPIKey(ctx, { ...input, owner, expiresAt: expiry }));
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
        querystring: ApiKeyQuery,
        response: { 200: ApiKeyPage },
      },
    },
    async (request) => {
      const { mode, ...page } = request.query;
      const ctx = mode === "test" ? await twins.find(request.ctx) : request.ctx;
      return ctx === undefined ? { data: [], nextCursor: null } : identity.findAPIKeys(ctx, { owner, page });
    },
  );

  app.delete(
    `${url}/:id`,
    {
      config: { access },
      schema: {
        operationId: `revoke${name}APIKey`,
        tags,
        summary: "Revoke an API key, of either mode, at once",
        params: IdParams,
        response: { 200: ApiKeyView },
      },
    },
    async (request) => {
      const key = { owner, id: request.params.id };
      try {
        return await identity.revokeAPIKey(request.ctx, key);
      } catch (error) {
        const twin = hasCode(error, "key.not_found") ? await twins.find(request.ctx) : undefined;
        if (twin === undefined) throw error;
        return identity.revokeAPIKey(twin, key);
      }
    },
  );
}
