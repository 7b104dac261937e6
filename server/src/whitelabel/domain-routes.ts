import { Type } from "typebox";
import type { Routes } from "../platform/http/index.ts";
import { DomainPage, DomainParams, DomainQuery, DomainView, EnterDomainBody } from "./domain-schema.ts";
import type { WhitelabelService } from "./whitelabel-service.ts";

const reading = { access: { audience: "operator", scope: "program:read" } } as const;
const writing = { access: { audience: "operator", scope: "program:write" } } as const;
const deciding = { access: { audience: "operator", scope: "domains:write" } } as const;
const tags = ["Domains"];

/** Domains of a programme's own, for its team. */
export const domainRoutes =
  (whitelabel: WhitelabelService): Routes =>
  (app) => {
    app.get(
      "/api/v1/admin/domains",
      {
        config: reading,
        schema: {
          operationId: "listDomains",
          tags,
          summary: "The programme's own domains, and what each is still missing",
          querystring: DomainQuery,
          response: { 200: DomainPage },
        },
      },
      (request) => whitelabel.findDomains(request.ctx, request.query),
    );
    app.post(
      "/api/v1/admin/domains",
      {
        config: { ...deciding, successStatus: 201 },
        schema: {
          operationId: "enterDomain",
          tags,
          summary: "Enter a domain",
          description:
            "It is served once its two records are there: DNS is asked at once, and again with growing pauses for two weeks. Whose a domain is that is in use is not told.",
          body: EnterDomainBody,
          response: { 201: DomainView },
        },
      },
      async (request, reply) => reply.code(201).send(await whitelabel.setupCustomDomain(request.ctx, request.body)),
    );
    app.get(
      "/api/v1/admin/domains/:id",
      {
        config: reading,
        schema: {
          operationId: "getDomain",
          tags,
          summary: "A domain, and what it is still missing",
          params: DomainParams,
          response: { 200: DomainView },
        },
      },
      (request) => whitelabel.getDomain(request.ctx, { domainId: request.params.id }),
    );
    app.post(
      "/api/v1/admin/domains/:id/check",
      {
        config: writing,
        schema: {
          operationId: "checkDomain",
          tags,
          summary: "Have DNS asked again now",
          description: "Answered before DNS is: `checkedAt` moves on when it has been.",
          params: DomainParams,
          response: { 200: DomainView },
        },
      },
      (request) => whitelabel.requestDomainCheck(request.ctx, { domainId: request.params.id }),
    );
    app.delete(
      "/api/v1/admin/domains/:id",
      {
        config: deciding,
        schema: {
          operationId: "removeDomain",
          tags,
          summary: "Remove a domain: it is served no more, at once",
          params: DomainParams,
          response: { 204: Type.Null({ description: "Done" }) },
        },
      },
      async (request, reply) => {
        await whitelabel.removeDomain(request.ctx, { domainId: request.params.id });
        return reply.code(204).send(null);
      },
    );
  };
