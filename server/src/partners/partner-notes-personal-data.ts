import type { PersonalDataSource } from "../platform/personal-data.ts";
import { deleteNotesOf, type PartnerNote, selectNotes } from "./partner-note-repository.ts";

const AT_ONCE = 200;

/** What the team's notes hold of a person, and their end. Nothing obliges anybody to keep them. */
export const partnerNotesPersonalData: PersonalDataSource = {
  name: "partner-notes",
  holds: { "partner_notes.body": "erased" },
  collect: async (tx, { partnerId }) => {
    if (partnerId === undefined) return [];
    const found: PartnerNote[] = [];
    let cursor: string | null = null;
    do {
      const page: { data: PartnerNote[]; nextCursor: string | null } = await selectNotes(tx, partnerId, {
        limit: AT_ONCE,
        ...(cursor === null ? {} : { cursor }),
      });
      found.push(...page.data);
      cursor = page.nextCursor;
    } while (cursor !== null);
    return found;
  },
  erase: async (tx, { partnerId }) => (partnerId === undefined ? 0 : deleteNotesOf(tx, partnerId)),
};
