import type { FastifyInstance } from "fastify";
import { sendPage } from "../pages/page.ts";
import { openLink } from "./account-links.ts";
import { decodeForm } from "./form-body.ts";
import { endOnboarding, onboardingPage, readOnboardingChoice } from "./onboarding-page.ts";
import type { StripeWorld } from "./stripe-world.ts";

type WithId = { Params: { id: string } };

/** The pages behind account links. A link that is used or expired sends its visitor to the platform's refresh URL for a new one. */
export function addOnboardingRoutes(server: FastifyInstance, world: StripeWorld): void {
  const sessionLink = (sessionId: string) =>
    world.records.accountLinks.all().find((link) => link.sessionId === sessionId);

  server.get<WithId>("/setup/:id", (request, reply) => {
    const link = world.records.accountLinks.get(request.params.id);
    if (link === undefined) return reply.callNotFound();
    const sessionId = openLink(world, link.id);
    return reply.redirect(sessionId === undefined ? link.refreshUrl : `/setup/session/${sessionId}`, 303);
  });

  server.get<WithId>("/setup/session/:id", (request, reply) => {
    const link = sessionLink(request.params.id);
    const account = link && world.records.accounts.get(link.accountId)?.account;
    if (link === undefined || account === undefined) return reply.callNotFound();
    return sendPage(reply, onboardingPage(link, account.country ?? ""), {
      formTargets: new URL(link.returnUrl).origin,
    });
  });

  server.post<WithId>("/setup/session/:id", (request, reply) => {
    const link = sessionLink(request.params.id);
    if (link === undefined) return reply.callNotFound();
    const form = decodeForm(typeof request.body === "string" ? request.body : "");
    endOnboarding(world, link.accountId, readOnboardingChoice(form));
    return reply.redirect(link.returnUrl, 303);
  });
}
