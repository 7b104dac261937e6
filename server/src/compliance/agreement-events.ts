import type { DomainEvent } from "../platform/outbox/index.ts";
import type { Acceptance, Agreement, Version } from "./agreement-repository.ts";

/** A text comes into force. */
export const publishedEvent = ({ id, name, tiers }: Agreement, version: Version): DomainEvent => ({
  type: "agreement.published",
  objectType: "agreement",
  objectId: id,
  data: {
    id,
    versionId: version.id,
    name,
    number: version.number,
    title: version.title,
    tiers,
    textHash: version.textHash,
    effectiveFrom: version.effectiveFrom,
  },
});

/** The same for one of the partners who are asked to accept it, and from when on their payouts wait for that, where they do. Stays inside. */
export const publishedNotice = (
  { id, title }: Version,
  { partnerId, waitFrom }: { readonly partnerId: string; readonly waitFrom: Date | null },
): DomainEvent => ({
  type: "partner_notice.agreement_published",
  objectType: "partner",
  objectId: partnerId,
  data: { partnerId, versionId: id, title, waitFrom },
});

/** A partner has accepted a text. From where is kept, and told nobody. */
export const acceptedEvent = (agreement: Agreement, version: Version, acceptance: Acceptance): DomainEvent => ({
  type: "agreement.accepted",
  // Of its own: what one partner did is not told another as the change of a common thing.
  objectType: "agreement_acceptance",
  objectId: acceptance.id,
  data: {
    id: agreement.id,
    versionId: version.id,
    partnerId: acceptance.partnerId,
    name: agreement.name,
    number: version.number,
    title: version.title,
    textHash: version.textHash,
    acceptedAt: acceptance.acceptedAt,
  },
});
