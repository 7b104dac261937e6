import type { IncomingHttpHeaders } from "node:http";
import type { Ctx } from "../platform/context.ts";
import type { Redirection } from "../platform/http/index.ts";
import { type Asked, isPrefetch, readConsent } from "./click-rules.ts";
import { allowedDestination, prepareDestination } from "./destination-rules.ts";
import type { KnownLink } from "./link-directory.ts";
import { referralErrors } from "./referral-errors.ts";
import type { ReferralService } from "./referral-service.ts";
import type { VisitorCookies } from "./visitor-cookie.ts";

export type FollowDeps = {
  readonly referrals: Pick<ReferralService, "trackReferralClick">;
  readonly cookies: VisitorCookies;
};

/** A request for a link, whichever way it came in. */
export type Following = {
  readonly code: string;
  readonly asked: Asked;
  readonly headers: IncomingHttpHeaders;
  /** The value of the visitor's cookie. */
  readonly cookie: string | undefined;
  readonly isHead: boolean;
};

/**
 * Leads a visitor on, once the click is durably recorded. The one place that decides where, and whether it is a click at all: the route and
 * its shortcut only bring the request and write the answer.
 */
export const followLink =
  ({ referrals, cookies }: FollowDeps) =>
  async (ctx: Ctx, link: KnownLink, { code, asked, headers, cookie, isHead }: Following): Promise<Redirection> => {
    const to = asked.to === undefined ? undefined : allowedDestination(asked.to, link.hosts);
    const destination = to === undefined ? link.destination : prepareDestination(to);
    if (destination === null) throw referralErrors.link_not_found();
    if (isHead || isPrefetch(headers)) return { location: destination.plain };

    const consent = readConsent(headers["sec-gpc"]);
    const { visitorId, setCookie } = visitorOf(cookies, ctx, consent === "denied" ? undefined : cookie);
    const visit = {
      code,
      visitorId,
      isReturning: setCookie === undefined,
      deviceId: null,
      userAgent: headers["user-agent"],
      referrer: headers.referer,
      carried: asked.carried,
      consent,
    };
    const clickId = await referrals.trackReferralClick(ctx, visit, link);
    if (clickId === null) return { location: destination.plain };
    const location = `${destination.beforeId}${clickId}${destination.afterId}`;
    return { location, setCookie: consent === "denied" ? undefined : setCookie };
  };

/** The visitor by its cookie, or a first-time visitor, whose browser is to remember. */
export function visitorOf(
  cookies: VisitorCookies,
  { tenantId }: Ctx,
  cookie: string | undefined,
): { readonly visitorId: string; readonly setCookie?: string } {
  const known = cookies.read(tenantId, cookie);
  return known === undefined ? cookies.make(tenantId) : { visitorId: known };
}
