import { networkOf, type RateLimits } from "../platform/rate-limit/index.ts";
import { authErrors } from "./identity-errors.ts";

type Attempt = { readonly account: string; readonly ip: string | null };

/** Slows down guessing. An attempt is counted before the password is looked at, so that many at once do not slip through. */
export type SignInGuard = {
  /**
   * Counts an attempt. Throws `auth.too_many_attempts` where there were too many for this account from this address, from this address, or
   * for this account from anywhere. An account that does not exist is counted like one that does.
   */
  attempt(who: Attempt): Promise<void>;
  /** It was them: what the attempt cost is given back, and what was tried from their address for their account is forgotten. */
  succeeded(who: Attempt): Promise<void>;
  /** Counts a second factor that is tried, whoever tries it: codes are short, and whoever tries them has the password. */
  factor(who: Pick<Attempt, "account">): Promise<void>;
  /** It was right: what was tried is forgotten. */
  factorShown(who: Pick<Attempt, "account">): Promise<void>;
  /** Counts a mail that somebody who has not signed in has sent to an address; refuses like `attempt`. */
  mail(who: Attempt): Promise<void>;
  /** The same where the caller's address is counted already. */
  mailTo(who: Pick<Attempt, "account">): Promise<void>;
};

/** A guard over limits that all servers share. */
export function createSignInGuard(limits: RateLimits): SignInGuard {
  const pairOf = ({ account, ip }: Attempt): string => `${account} ${networkOf(ip)}`;
  return {
    attempt: (who) =>
      requireAll([
        limits.consume("sign_in_pair", pairOf(who)),
        limits.consume("sign_in_address", networkOf(who.ip)),
        limits.consume("sign_in_account", who.account),
      ]),
    succeeded: async (who) => {
      await Promise.all([
        limits.reset("sign_in_pair", pairOf(who)),
        limits.giveBack("sign_in_address", networkOf(who.ip)),
        limits.giveBack("sign_in_account", who.account),
      ]);
    },
    factor: ({ account }) => requireAll([limits.consume("second_factor", account)]),
    factorShown: ({ account }) => limits.reset("second_factor", account),
    mail: (who) =>
      requireAll([limits.consume("mail_account", who.account), limits.consume("mail_address", networkOf(who.ip))]),
    mailTo: ({ account }) => requireAll([limits.consume("mail_account", account)]),
  };
}

async function requireAll(counting: ReturnType<RateLimits["consume"]>[]): Promise<void> {
  const refused = (await Promise.all(counting)).filter((verdict) => !verdict.isAllowed);
  if (refused.length > 0)
    throw authErrors.too_many_attempts({ retryAfterSeconds: Math.max(...refused.map((each) => each.resetSeconds)) });
}
