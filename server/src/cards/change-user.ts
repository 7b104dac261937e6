import { newId } from "../kernel/id.ts";
import { type Ctx, requireScope } from "../platform/context.ts";
import type { Tx } from "../platform/database/index.ts";
import { requireActivePartner } from "./acting-partner.ts";
import { applyState } from "./apply-state.ts";
import type { CardDeps } from "./card-deps.ts";
import { partnerUserErrors } from "./card-errors.ts";
import { userEvent } from "./card-events.ts";
import { findCardsOfUser, findUser, moveUser, type PartnerUserRow } from "./card-repository.ts";
import type { UserStatus } from "./card-rules.ts";
import { type PartnerUser, partnerUser } from "./card-view.ts";
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
      await applyStatus(deps, tx, before, status);
      return partnerUser({ ...before, status, updated_at: ctx.now });
    });

/** Joins a transaction: takes a user to another status, here at once and at the issuer. Returns how many cards ended by it. */
export async function applyStatus(deps: CardDeps, tx: Tx, user: PartnerUserRow, to: UserStatus): Promise<number> {
  const { id, status: from } = user;
  if (!(await moveUser(tx, id, to))) throw partnerUserErrors.closed();
  const ended = to === "closed" ? await endCards(deps, tx, id) : 0;
  for (const programId of await findProgramsKnowing(tx, id)) {
    const program = await findProgram(tx, programId);
    if (program === undefined) continue;
    const order = { kind: "user_transition", userToken: id, to } as const;
    await openRequest(deps, tx, { program, token: newId(), chainId: id, targetId: id, order });
  }
  await deps.audit.record(tx, "partner_user.changed", {
    targetType: "partner_user",
    targetId: id,
    before: { status: from },
    after: { status: to },
  });
  await deps.outbox.publish(tx, [userEvent("partner_user.changed", { ...user, status: to })]);
  return ended;
}

/** What the issuer has not made yet cannot be ended; its user is closed, so that it never pays. */
async function endCards(deps: CardDeps, tx: Tx, userId: string): Promise<number> {
  const made = (await findCardsOfUser(tx, userId)).filter(({ state }) => state !== "requested");
  for (const card of made) await applyState(deps, tx, card.id, "terminated");
  return made.length;
}
