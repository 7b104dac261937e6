import { newId } from "../kernel/id.ts";
import type { Tx } from "../platform/database/index.ts";
import type { DomainEvent } from "../platform/outbox/index.ts";
import { findLinksByCode, insertLinks, type Link, setDefaultLinks } from "./link-repository.ts";
import type { ReferralDeps } from "./referral-deps.ts";
import { referralErrors } from "./referral-errors.ts";

/**
 * Makes each partner's own code its default link, in the transaction that makes the partner or changes its code: it can be shared from the
 * first moment.
 */
export const createDefaultLinks =
  (deps: Pick<ReferralDeps, "partners">) =>
  async (tx: Tx, events: readonly Pick<DomainEvent, "objectId" | "type">[]): Promise<void> => {
    const partners = await deps.partners.findPartners(
      tx,
      events.map((event) => event.objectId),
    );
    const links = [...partners.values()].map(
      (partner): Link => ({
        id: newId(),
        partnerId: partner.id,
        code: partner.referralCode,
        campaign: null,
        destinationUrl: null,
        subIds: {},
        isDefault: true,
        status: "active",
        createdAt: tx.ctx.now,
      }),
    );
    const added = await insertLinks(tx, links);
    if (added.size === links.length && events.every((event) => event.type === "partner.created")) return;
    await refuseTaken(
      tx,
      links.filter((link) => !added.has(link.code)),
    );
    await setDefaultLinks(tx, [...partners.values()]);
  };

/** A code that is in use already is the partner's own, or refused. */
async function refuseTaken(tx: Tx, links: readonly Link[]): Promise<void> {
  const taken = await findLinksByCode(
    tx,
    links.map((link) => link.code),
  );
  for (const { code, partnerId } of links) {
    if (taken.get(code)?.partnerId !== partnerId) throw referralErrors.code_taken({ field: "referralCode", code });
  }
}
