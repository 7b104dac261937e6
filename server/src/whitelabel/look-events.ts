import { derivedId } from "../kernel/id.ts";
import type { DomainEvent } from "../platform/outbox/index.ts";
import type { Branding } from "./branding.ts";
import type { CoBranding, LandingPageWords } from "./co-branding.ts";
import type { CustomDomain } from "./domain-repository.ts";

/** News of a domain: never with what its record has to show. */
export const domainEvent = (
  type: "domain.entered" | "domain.state_changed" | "domain.removed",
  { id, domain, state }: Pick<CustomDomain, "id" | "domain" | "state">,
): DomainEvent => ({
  type,
  objectType: "domain",
  objectId: id,
  data: { id, domain, state: type === "domain.removed" ? "removed" : state },
});

/** News of how the programme looks. */
export const brandingEvent = (tenantId: string, branding: Branding): DomainEvent => {
  const { version, name, accent, radius, font, welcome, links, mail, imageIds, restores } = branding;
  return {
    type: "branding.changed",
    objectType: "branding",
    objectId: derivedId("branding", tenantId),
    data: { version, name, accent, radius, font, welcome, links, mail, imageIds, restores },
  };
};

/** News of what a partner shows of itself. */
export const coBrandingEvent = (partnerId: string, { colour, logoId }: CoBranding): DomainEvent => ({
  type: "co_branding.changed",
  objectType: "co_branding",
  objectId: derivedId("co_branding", partnerId),
  data: { partnerId, colour, logoId },
});

/** News of the page in front of a link; undefined where there is none any more. */
export const landingPageEvent = (
  of: { readonly linkId: string; readonly partnerId: string },
  words: LandingPageWords | undefined,
): DomainEvent => ({
  type: words === undefined ? "landing_page.removed" : "landing_page.changed",
  objectType: "landing_page",
  objectId: derivedId("landing_page", of.linkId),
  data: { ...of, title: words?.title ?? null, text: words?.text ?? null, button: words?.button ?? null },
});
