import { normalEmail } from "../identity/index.ts";
import type { DataSubject, PersonalDataSource } from "../platform/personal-data.ts";
import { mailboxOf } from "../referrals/index.ts";
import { forgetContacts, leadOf, selectLeads } from "./lead-repository.ts";

const addressesOf = ({ email }: DataSubject): string[] => [...new Set([normalEmail(email), mailboxOf(email)])];

/**
 * What leads hold of a person: the contact of a deal, who may never have heard of the programme; and of a partner the deals that it
 * registered. A deal and its dates stay when its people are forgotten: they say who was first.
 */
export const leadPersonalData: PersonalDataSource = {
  name: "leads",
  holds: {
    "leads.contact_name": "erased",
    "leads.contact_email": "erased",
    "lead_entries.body": "erased",
    "lead_claims.value": "erased",
    "leads.company": "reference",
    "leads.domain": "reference",
  },
  collect: async (tx, subject) => {
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
  erase: (tx, subject) => forgetContacts(tx, { emails: addressesOf(subject), partnerId: subject.partnerId ?? null }),
};
