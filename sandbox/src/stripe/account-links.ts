import { MINUTE_MS } from "../clock.ts";
import { getAccount } from "./accounts.ts";
import { invalidParameter } from "./api-error.ts";
import type { Endpoint } from "./endpoint.ts";
import { newId, toSeconds } from "./ids.ts";
import type { Parameters } from "./parameters.ts";
import type { StripeWorld } from "./stripe-world.ts";

/** Links live for minutes: https://docs.stripe.com/api/account_links. */
const LINK_LIFETIME_MS = 5 * MINUTE_MS;

export const accountLinkEndpoints = (world: StripeWorld): readonly Endpoint[] => [
  {
    method: "POST",
    url: "/v1/account_links",
    prepare: ({ parameters }) => {
      const accountId = parameters.requiredText("account");
      const returnUrl = readUrl(parameters, "return_url");
      const refreshUrl = readUrl(parameters, "refresh_url");
      parameters.requiredText("type");
      const type = parameters.oneOf("type", ["account_onboarding", "account_update"]);
      parameters.oneOf("collect", ["currently_due", "eventually_due"]);
      parameters.group("collection_options")?.ignore("fields", "future_requirements");
      return () => {
        const { account } = getAccount(world, accountId);
        if (type === "account_update" && account.controller?.requirement_collection !== "application") {
          const message =
            "You can only create account_update links for accounts whose requirements you collect yourself.";
          throw invalidParameter("type", message);
        }
        const now = world.now();
        const expiresMs = now.getTime() + LINK_LIFETIME_MS;
        const id = newId("link", 32);
        world.records.accountLinks.put({ id, accountId, expiresMs, returnUrl, refreshUrl, sessionId: null });
        const url = `${world.baseUrl()}/setup/${id}`;
        return { object: "account_link", created: toSeconds(now), expires_at: toSeconds(new Date(expiresMs)), url };
      };
    },
  },
];

/** A visit: good once and not for long. Undefined for a link that is used, expired or unknown: the visitor is to be sent for a new one. */
export function openLink(world: StripeWorld, linkId: string): string | undefined {
  const link = world.records.accountLinks.get(linkId);
  if (link === undefined || link.sessionId !== null || link.expiresMs <= world.now().getTime()) return undefined;
  const sessionId = newId("onboarding", 32);
  world.records.accountLinks.put({ ...link, sessionId });
  return sessionId;
}

function readUrl(parameters: Parameters, name: string): string {
  const text = parameters.requiredText(name);
  const protocol = URL.canParse(text) ? new URL(text).protocol : "";
  if (protocol !== "http:" && protocol !== "https:")
    throw invalidParameter(name, `Not a valid URL: ${text}`, "url_invalid");
  return text;
}
