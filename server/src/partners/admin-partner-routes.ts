import { type App, type Routes } from "../platform/http/index.ts";
import { deskRoutes } from "./partner-desk-routes.ts";
import {
  ChangeTermsBody,
  Invitation,
  InvitationPage,
  InvitationParams,
  InvitationQuery,
  InviteBody,
  Invited,
  OptionalReasonBody,
  PartnerDetail,
  PartnerPage,
  PartnerParams,
  PartnerQuery,
  PartnerRecord,
  ReasonBody,
  RejectBody,
  TermsView,
  TierChange,
  TierChangePage,
  UpgradeParams,
  UpgradeQuery,
} from "./partner-schema.ts";
import type { PartnerService } from "./partner-service.ts";

const reading = { audience: "operator", scope: "partners:read" } as const;
const writing = { audience: "operator", scope: "partners:write" } as const;
const tags = ["Operator"];

/** What an operator does with partners. */
export const adminPartnerRoutes =
  (partners: PartnerService): Routes =>
  (app) => {
    app.route({
      method: "GET",
      url: "/api/v1/admin/partners",
      config: { access: reading },
      schema: {
        operationId: "listPartners",
        tags,
        summary: "List all partners",
        querystring: PartnerQuery,
        response: { 200: PartnerPage },
      },
      handler: (request) => partners.findPartnerPage(request.ctx, request.query),
    });
    app.route({
      method: "GET",
      url: "/api/v1/admin/partners/:id",
      config: { access: reading },
      schema: {
        operationId: "getPartner",
        tags,
        summary: "Get a partner",
        params: PartnerParams,
        response: { 200: PartnerDetail },
      },
      handler: (request) => partners.getPartnerFor(request.ctx, { partnerId: request.params.id }),
    });
    actRoutes(app, partners);
    deskRoutes(app, partners);
    app.route({
      method: "PUT",
      url: "/api/v1/admin/partners/:id/terms",
      config: { access: writing },
      schema: {
        operationId: "changeTerms",
        tags,
        summary: "Agree terms with a partner",
        description:
          "What is given replaces the tier's figures in the plan version of now, inside the range that the tier allows; `{}` lets the partner follow the plan again. Customers keep the terms that they converted under unless `isRetroactive`.",
        params: PartnerParams,
        body: ChangeTermsBody,
        response: { 200: TermsView },
      },
      handler: (request) => partners.changeTerms(request.ctx, { partnerId: request.params.id, ...request.body }),
    });
    upgradeRoutes(app, partners);
    invitationRoutes(app, partners);
  };

/** The acts that move a partner from state to state. Those against it want a reason. */
function actRoutes(app: App, partners: PartnerService): void {
  const acts = [
    ["approve", "Approve a partner", OptionalReasonBody, partners.approvePartner],
    ["reject", "Turn a registration down", RejectBody, partners.rejectPartner],
    ["suspend", "Suspend a partner", ReasonBody, partners.suspendPartner],
    ["reactivate", "Reinstate a suspended partner", OptionalReasonBody, partners.reinstatePartner],
    ["terminate", "Terminate a partner, for good", ReasonBody, partners.terminatePartner],
  ] as const;
  for (const [act, summary, body, verb] of acts) {
    app.route({
      method: "PUT",
      url: `/api/v1/admin/partners/:id/${act}`,
      config: { access: writing },
      preValidation: (request, _reply, done) => {
        request.body ??= {};
        done();
      },
      schema: {
        operationId: `${act}Partner`,
        tags,
        summary,
        params: PartnerParams,
        body,
        response: { 200: PartnerRecord },
      },
      handler: (request) => verb(request.ctx, { partnerId: request.params.id, ...request.body }),
    });
  }
}

function upgradeRoutes(app: App, partners: PartnerService): void {
  app.route({
    method: "GET",
    url: "/api/v1/admin/partners/upgrades",
    config: { access: reading },
    schema: {
      operationId: "listUpgrades",
      tags,
      summary: "List requests for another tier",
      querystring: UpgradeQuery,
      response: { 200: TierChangePage },
    },
    handler: (request) => partners.findUpgrades(request.ctx, request.query),
  });
  const decisions = [
    ["approve", "Move a partner to the tier that it asks for", OptionalReasonBody, "approved"],
    ["reject", "Turn a request for another tier down", ReasonBody, "rejected"],
  ] as const;
  for (const [word, summary, body, decision] of decisions) {
    app.route({
      method: "PUT",
      url: `/api/v1/admin/partners/upgrades/:id/${word}`,
      config: { access: writing },
      preValidation: (request, _reply, done) => {
        request.body ??= {};
        done();
      },
      schema: {
        operationId: `${word}Upgrade`,
        tags,
        summary,
        params: UpgradeParams,
        body,
        response: { 200: TierChange },
      },
      handler: (request) =>
        partners.decideUpgrade(request.ctx, { changeId: request.params.id, decision, ...request.body }),
    });
  }
}

function invitationRoutes(app: App, partners: PartnerService): void {
  app.route({
    method: "GET",
    url: "/api/v1/admin/partners/invitations",
    config: { access: reading },
    schema: {
      operationId: "listInvitations",
      tags,
      summary: "List invitations to register",
      querystring: InvitationQuery,
      response: { 200: InvitationPage },
    },
    handler: (request) => partners.findInvitations(request.ctx, request.query),
  });
  app.route({
    method: "POST",
    url: "/api/v1/admin/partners/invitations",
    config: { access: writing, successStatus: 201 },
    schema: {
      operationId: "invitePartners",
      tags,
      summary: "Invite e-mails to register while the beta is on",
      body: InviteBody,
      response: { 201: Invited },
    },
    handler: async (request, reply) => reply.code(201).send(await partners.invitePartners(request.ctx, request.body)),
  });
  app.route({
    method: "POST",
    url: "/api/v1/admin/partners/invitations/:id/mail",
    config: { access: writing },
    schema: {
      operationId: "repeatPartnerInvitation",
      tags,
      summary: "Send an invitation again",
      params: InvitationParams,
      response: { 200: Invitation },
    },
    handler: (request) => partners.repeatPartnerInvitation(request.ctx, { invitationId: request.params.id }),
  });
  app.route({
    method: "DELETE",
    url: "/api/v1/admin/partners/invitations/:id",
    config: { access: writing, successStatus: 204 },
    schema: {
      operationId: "withdrawInvitation",
      tags,
      summary: "Take an invitation back",
      params: InvitationParams,
      response: { 204: { type: "null", description: "It is gone" } },
    },
    handler: async (request, reply) => {
      await partners.withdrawInvitation(request.ctx, { invitationId: request.params.id });
      return reply.code(204).send(null);
    },
  });
}
