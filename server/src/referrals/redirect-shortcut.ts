import type { Ctx } from "../platform/context.ts";
import type { Caller, Shortcut } from "../platform/http/index.ts";
import { limitHeadersOf, refusalOf, type Verdict } from "../platform/rate-limit/index.ts";
import { validateReferralCode } from "./click-rules.ts";
import { type FollowDeps, followLink } from "./follow-link.ts";
import { REDIRECT_ROUTE } from "./link-view.ts";
import type { ReferralService } from "./referral-service.ts";

export type RedirectShortcutDeps = FollowDeps & {
  readonly referrals: Pick<ReferralService, "links">;
  readonly guards: {
    readonly identifyAtOnce: (caller: Caller, requestId: string) => Ctx | undefined;
    readonly countTracking: (ctx: Ctx) => Verdict;
  };
};

/** The redirect where tenant and link are in memory: the same guards, the same decision and the same record as the route. */
export function redirectShortcut({ referrals, cookies, guards }: RedirectShortcutDeps): Shortcut {
  const follow = followLink({ referrals, cookies });
  return {
    route: REDIRECT_ROUTE,
    take: ({ requestId, caller, rest, query, headers, cookieOf }) => {
      const code = validateReferralCode(rest);
      const ctx = code === undefined ? undefined : guards.identifyAtOnce(caller, requestId);
      if (code === undefined || ctx === undefined) return undefined;
      const link = referrals.links.known(ctx, code);
      if (link === undefined) return undefined;

      const verdict = guards.countTracking(ctx);
      if (!verdict.isAllowed)
        return { headers: limitHeadersOf(verdict), redirection: Promise.reject(refusalOf(verdict)) };
      const cookie = cookieOf(cookies.name);
      return { headers: {}, redirection: follow(ctx, link, { code, query, headers, cookie, isHead: false }) };
    },
  };
}
