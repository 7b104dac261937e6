import { type Routes } from "../platform/http/index.ts";
import {
  ApplyAgainBody,
  Offer,
  Profile,
  RegisterBody,
  Registration,
  TierChange,
  UpdateProfileBody,
  UpgradeBody,
} from "./partner-schema.ts";
import type { PartnerService } from "./partner-service.ts";

const reading = { audience: "partner", scope: "own:profile:read" } as const;
const writing = { audience: "partner", scope: "own:profile:write" } as const;
const closing = { audience: "partner", scope: "own:account:close" } as const;
const tags = ["Partners"];

/** What a partner does with its own account. */
export const partnerRoutes =
  (partners: PartnerService): Routes =>
  (app) => {
    app.route({
      method: "POST",
      url: "/api/v1/partners/register",
      // Each may have a mail sent to an address that somebody gave: counted as such.
      config: { access: { audience: "public" }, successStatus: 202, rateLimit: "mail_address" },
      schema: {
        operationId: "registerPartner",
        tags,
        summary: "Register as partner",
        description:
          "Open while `partner-program` is on, and to invited e-mails while `partner-program-beta` is. The answer is the same whether or not the e-mail is known; what follows is in a mail.",
        body: RegisterBody,
        response: { 202: Registration },
      },
      handler: async (request, reply) =>
        reply.code(202).send(await partners.registerPartner(request.ctx, request.body)),
    });
    app.route({
      method: "GET",
      url: "/api/v1/partners/offer",
      config: { access: { audience: "public" } },
      schema: {
        operationId: "getOffer",
        tags,
        summary: "What each kind of partner earns, and how it is approved",
        description: "Of the plan in force: what stands on the cards of the page on which people register.",
        response: { 200: Offer },
      },
      handler: (request) => partners.getOffer(request.ctx),
    });
    app.route({
      method: "POST",
      url: "/api/v1/partners/application",
      config: { access: writing },
      schema: {
        operationId: "applyAgain",
        tags,
        summary: "Apply again after a refusal",
        body: ApplyAgainBody,
        response: { 200: Profile },
      },
      handler: (request) => partners.applyAgain(request.ctx, request.body),
    });
    app.route({
      method: "GET",
      url: "/api/v1/partners/profile",
      config: { access: reading },
      schema: {
        operationId: "getPartnerProfile",
        tags,
        summary: "Get partner profile",
        response: { 200: Profile },
      },
      handler: (request) => partners.getPartnerProfile(request.ctx),
    });
    app.route({
      method: "PUT",
      url: "/api/v1/partners/profile",
      config: { access: writing },
      schema: {
        operationId: "updatePartner",
        tags,
        summary: "Update partner profile",
        description: "What is not given stays.",
        body: UpdateProfileBody,
        response: { 200: Profile },
      },
      handler: (request) => partners.updatePartner(request.ctx, request.body),
    });
    app.route({
      method: "POST",
      url: "/api/v1/partners/upgrade",
      config: { access: writing, successStatus: 201 },
      schema: {
        operationId: "upgradeTier",
        tags,
        summary: "Ask for another tier",
        description: "Shows how the partner stands to what the tier asks for; an operator decides.",
        body: UpgradeBody,
        response: { 201: TierChange },
      },
      handler: async (request, reply) => reply.code(201).send(await partners.upgradeTier(request.ctx, request.body)),
    });
    app.route({
      method: "DELETE",
      url: "/api/v1/partners/account",
      config: { access: closing },
      schema: {
        operationId: "closeAccount",
        tags,
        summary: "Deactivate partner account",
        description:
          "Ends earning for good. What is left is paid out after its hold; the account can be signed in to for that.",
        response: { 200: Profile },
      },
      handler: (request) => partners.closeAccount(request.ctx),
    });
  };
