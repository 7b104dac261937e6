import { newId } from "../kernel/id.ts";
import { type Ctx, requireScope } from "../platform/context.ts";
import type { Tx } from "../platform/database/index.ts";
import { requireActivePartner } from "./acting-partner.ts";
import type { CardDeps } from "./card-deps.ts";
import { partnerUserErrors } from "./card-errors.ts";
import { findCardsOfUser, findUser, moveUser, type PartnerUserRow } from "./card-repository.ts";
import type { UserStatus } from "./card-rules.ts";
import { type PartnerUser, partnerUser } from "./card-view.ts";
import { applyState } from "./change-card.ts";
import { openRequest } from "./open-request.ts";
import { findProgram } from "./program-repository.ts";
import { findProgramsKnowing } from "./request-repository.ts";

/** Suspends a user, whose cards pay nothing until it is active again; or closes it for good, and its cards with it. Its attribution stays. */
export const changeUser =
  (deps: CardDeps) =>
  (ctx: Ctx, { userId, status }: { readonly userId: string; readonly status: UserStatus }): Promise<PartnerUser> =>
    deps.db.transaction(ctx, async (tx) => {
      requireScope(ctx, "own:users:write");
      const partnerId = await requireActivePartner(deps, tx, ctx);
      const before = await findUser(tx, { id: userId, partnerId });
      if (before === undefined) throw partnerUserErrors.not_found();
      if (before.status === status) return partnerUser(before);
      if (!(await moveUser(tx, userId, status))) throw partnerUserErrors.closed();
      if (status === "closed") await endCards(deps, tx, before);
      for (const programId of await findProgramsKnowing(tx, userId)) {
        const program = await findProgram(tx, programId);
        if (program === undefined) continue;
        const order = { kind: "user_transition", userToken: userId, to: status } as const;
        await openRequest(deps, tx, { program, token: newId(), chainId: userId, targetId: userId, order });
      }
      await deps.audit.record(tx, "partner_user.changed", {
        targetType: "partner_user",
        targetId: userId,
        before: { status: before.status },
        after: { status },
      });
      return partnerUser({ ...before, status, updated_at: ctx.now });
    });

async function endCards(deps: CardDeps, tx: Tx, user: PartnerUserRow): Promise<void> {
  for (const card of await findCardsOfUser(tx, user.id)) {
    if (card.state !== "requested") await applyState(deps, tx, card.id, "terminated");
  }
}
