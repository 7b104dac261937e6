import { newId } from "../kernel/id.ts";
import { type Ctx, requireScope } from "../platform/context.ts";
import type { Page, PageRequest } from "../platform/database/index.ts";
import type { PartnerDeps } from "./partner-deps.ts";
import { partnerErrors } from "./partner-errors.ts";
import { noteEvent } from "./partner-events.ts";
import { deleteNote, insertNote, type PartnerNote, selectNotes } from "./partner-note-repository.ts";
import { getPartner } from "./partner-repository.ts";

/** Writes down what the team knows of a partner. The trail says that there is a note, not what it says. */
export const writeNote =
  (deps: PartnerDeps) =>
  (ctx: Ctx, { partnerId, body }: { readonly partnerId: string; readonly body: string }): Promise<PartnerNote> => {
    requireScope(ctx, "partners:note");
    return deps.db.transaction(ctx, async (tx) => {
      await getPartner(tx, partnerId);
      const { actor } = ctx;
      const authorId = actor.type === "user" ? actor.userId : actor.type === "key" ? actor.keyId : null;
      const note = { id: newId(), partnerId, authorId, body, writtenAt: ctx.now };
      await insertNote(tx, note);
      await deps.audit.record(tx, "partner.note_written", {
        targetType: "partner",
        targetId: partnerId,
        after: { noteId: note.id },
      });
      await deps.outbox.publish(tx, [noteEvent("partner.note_written", { partnerId, noteId: note.id })]);
      return note;
    });
  };

/** Takes a note away. */
export const removeNote =
  (deps: PartnerDeps) =>
  (ctx: Ctx, { partnerId, noteId }: { readonly partnerId: string; readonly noteId: string }): Promise<void> => {
    requireScope(ctx, "partners:note");
    return deps.db.transaction(ctx, async (tx) => {
      const removed = await deleteNote(tx, { partnerId, noteId });
      if (removed === undefined) throw partnerErrors.note_not_found();
      await deps.audit.record(tx, "partner.note_removed", {
        targetType: "partner",
        targetId: partnerId,
        before: { noteId, authorId: removed.author_id },
      });
      await deps.outbox.publish(tx, [noteEvent("partner.note_removed", { partnerId, noteId })]);
    });
  };

/** The notes about a partner. */
export const findNotes =
  (deps: PartnerDeps) =>
  (ctx: Ctx, { partnerId, ...page }: PageRequest & { readonly partnerId: string }): Promise<Page<PartnerNote>> => {
    requireScope(ctx, "partners:read");
    return deps.db.read(ctx, async (tx) => {
      await getPartner(tx, partnerId);
      return selectNotes(tx, partnerId, page);
    });
  };
