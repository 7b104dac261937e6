import { type Ctx, requireScope } from "../platform/context.ts";
import type { Page, PageRequest } from "../platform/database/index.ts";
import { getSubject } from "./find-subjects.ts";
import { findHoldPage, type Hold, insertHold, updateLifted } from "./hold-repository.ts";
import type { PrivacyDeps } from "./privacy-deps.ts";
import { privacyErrors } from "./privacy-errors.ts";
import { holdEvent } from "./privacy-events.ts";

/** Keeps everything of somebody from being erased until the hold is lifted. */
export const placeHold =
  (deps: PrivacyDeps) =>
  (ctx: Ctx, { userId, reason }: { readonly userId: string; readonly reason: string }): Promise<Hold> =>
    deps.db.transaction(ctx, async (tx) => {
      requireScope(ctx, "privacy:write");
      await getSubject(tx, userId);
      const hold = await insertHold(tx, { userId, reason });
      await deps.audit.record(tx, "privacy.hold_placed", {
        targetType: "user",
        targetId: userId,
        after: { holdId: hold.id },
        reason,
      });
      await deps.outbox.publish(tx, [holdEvent("legal_hold.placed", hold)]);
      return hold;
    });

/** Lifts a hold; lifting it twice is no error. */
export const liftHold =
  (deps: PrivacyDeps) =>
  (ctx: Ctx, { id }: { readonly id: string }): Promise<Hold> =>
    deps.db.transaction(ctx, async (tx) => {
      requireScope(ctx, "privacy:write");
      const lifted = await updateLifted(tx, id);
      if (lifted === undefined) throw privacyErrors.hold_not_found();
      const { hold, isNew } = lifted;
      if (isNew) {
        await deps.audit.record(tx, "privacy.hold_lifted", {
          targetType: "user",
          targetId: hold.userId,
          after: { holdId: id },
        });
        await deps.outbox.publish(tx, [holdEvent("legal_hold.lifted", hold)]);
      }
      return hold;
    });

/** Holds, newest first; of one person where they are named. */
export const findHolds =
  (deps: PrivacyDeps) =>
  (ctx: Ctx, filters: PageRequest & { readonly userId?: string }): Promise<Page<Hold>> => {
    requireScope(ctx, "privacy:read");
    return deps.db.read(ctx, (tx) => findHoldPage(tx, filters));
  };
