import type { ReadTx, Tx } from "../platform/database/index.ts";
import { deleteNotesOf, type PartnerNote, selectNotes } from "./partner-note-repository.ts";

type Subject = { readonly userId: string; readonly email: string; readonly partnerId?: string };
const AT_ONCE = 200;

/** What the team's notes hold of a person, and their end. Nothing obliges anybody to keep them. */
export const partnerNotesPersonalData = {
  name: "partner_notes",
  collect: async (tx: ReadTx, { partnerId }: Subject): Promise<PartnerNote[]> => {
    if (partnerId === undefined) return [];
    const notes: PartnerNote[] = [];
    let cursor: string | null = null;
    do {
      const page: { data: PartnerNote[]; nextCursor: string | null } = await selectNotes(tx, partnerId, {
        limit: AT_ONCE,
        ...(cursor === null ? {} : { cursor }),
      });
      notes.push(...page.data);
      cursor = page.nextCursor;
    } while (cursor !== null);
    return notes;
  },
  erase: async (tx: Tx, { partnerId }: Subject): Promise<number> =>
    partnerId === undefined ? 0 : deleteNotesOf(tx, partnerId),
};
