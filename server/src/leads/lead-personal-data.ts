import { normalEmail } from "../identity/index.ts";
import type { ReadTx, Tx } from "../platform/database/index.ts";
import { mailboxOf } from "../referrals/index.ts";
import { forgetContacts, leadOf, selectLeads } from "./lead-repository.ts";

/** Somebody who asks what is known of them, or to be forgotten. */
type Subject = { readonly userId: string | null; readonly email: string; readonly partnerId?: string | undefined };

const addressesOf = ({ email }: Subject): string[] => [...new Set([normalEmail(email), mailboxOf(email)])];

/**
 * What leads hold of a person: the contact of a deal, who may never have heard of the programme; and of a partner the deals that it
 * registered. A deal and its dates stay when its people are forgotten: they say who was first.
 */
export const leadPersonalData = {
  name: "leads",
  collect: async (tx: ReadTx, subject: Subject): Promise<object[]> => {
    const rows = await selectLeads(tx)
      .where((row) =>
        row.or([
          row("contact_email", "in", addressesOf(subject)),
          ...(subject.partnerId === undefined ? [] : [row("partner_id", "=", subject.partnerId)]),
        ]),
      )
      .orderBy("registered_at")
      .execute();
    return rows.map(leadOf).map(({ id, company, domain, contactName, contactEmail, status, registeredAt }) => ({
      id,
      company,
      domain,
      contactName,
      contactEmail,
      status,
      registeredAt,
    }));
  },
  erase: (tx: Tx, subject: Subject): Promise<number> =>
    forgetContacts(tx, { emails: addressesOf(subject), partnerId: subject.partnerId ?? null }),
};
