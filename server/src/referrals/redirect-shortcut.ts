import type { Ctx } from "../platform/context.ts";
import type { Caller, Redirection, Shortcut } from "../platform/http/index.ts";
import { limitHeadersOf, refusalOf, type Verdict } from "../platform/rate-limit/index.ts";
import { readAsked, validateReferralCode } from "./click-rules.ts";
import { type FollowDeps, type Following, followLink } from "./follow-link.ts";
import { REDIRECT_ROUTE } from "./link-view.ts";
import { referralErrors } from "./referral-errors.ts";
import type { ReferralService } from "./referral-service.ts";

export type RedirectShortcutDeps = FollowDeps & {
  readonly referrals: Pick<ReferralService, "links">;
  readonly guards: {
    readonly identifyAtOnce: (caller: Caller, requestId: string) => Ctx | undefined;
    readonly countTracking: (ctx: Ctx) => Verdict;
  };
};

/** The redirect where the tenant is in memory: the same guards, the same decision and the same record as the route. */
export function redirectShortcut({ referrals, cookies, guards }: RedirectShortcutDeps): Shortcut {
  const follow = followLink({ referrals, cookies });
  const findAndFollow = async (ctx: Ctx, following: Following): Promise<Redirection> => {
    const link = await referrals.links.find(ctx, following.code);
    if (link === undefined) throw referralErrors.link_not_found();
    return follow(ctx, link, following);
  };
  return {
    route: REDIRECT_ROUTE,
    prepare: (text, query) => {
      const code = validateReferralCode(text);
      if (code === undefined) return undefined;
      const asked = readAsked(query);
      return ({ requestId, caller, headers, cookieOf }) => {
        // A test key leads into the twin: the route asks for it.
        if (headers.authorization !== undefined) return undefined;
        const ctx = guards.identifyAtOnce(caller, requestId);
        if (ctx === undefined) return undefined;
        const verdict = guards.countTracking(ctx);
        if (!verdict.isAllowed)
          return { headers: limitHeadersOf(verdict), redirection: Promise.reject(refusalOf(verdict)) };
        const following = { code, asked, headers, cookie: cookieOf(cookies.name), isHead: false };
        const link = referrals.links.known(ctx, code);
        return {
          headers: {},
          redirection: link === undefined ? findAndFollow(ctx, following) : follow(ctx, link, following),
        };
      };
    },
  };
}
