import type { PersonalDataSource } from "../platform/personal-data.ts";
import { deleteNotesOf } from "./partner-note-repository.ts";

/** What the team's notes hold of a person, and their end. Nothing obliges anybody to keep them. */
export const partnerNotesPersonalData: PersonalDataSource = {
  name: "partner-notes",
  holds: { "partner_notes.body": "erased" },
  // The team keeps them to itself, as the law lets it (GDPR, Article 15, paragraph 4); they are erased all the same.
  collect: async () => [],
  erase: async (tx, { partnerId }) => (partnerId === undefined ? 0 : deleteNotesOf(tx, partnerId)),
};
