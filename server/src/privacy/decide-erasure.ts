import { type Ctx, requireScope } from "../platform/context.ts";
import type { Tx } from "../platform/database/index.ts";
import { carryOut } from "./carry-out-erasure.ts";
import {
  type Erasure,
  findErasure,
  findErasureOf,
  insertErasure,
  isOpen,
  lockErasure,
  updateErasure,
} from "./erasure-repository.ts";
import { getSubject } from "./find-subjects.ts";
import type { PrivacyDeps } from "./privacy-deps.ts";
import { privacyErrors } from "./privacy-errors.ts";
import { erasureEvent } from "./privacy-events.ts";
import { requirePerson } from "./require-person.ts";

type Asking = { readonly userId: string; readonly origin: Erasure["origin"]; readonly reason: string | null };

async function ask(deps: PrivacyDeps, tx: Tx, asking: Asking): Promise<{ erasure: Erasure; isNew: boolean }> {
  const { role } = await getSubject(tx, asking.userId);
  const asked = await insertErasure(tx, { ...asking, role });
  if (asked.isNew) {
    await deps.audit.record(tx, "privacy.erasure_asked", {
      targetType: "user",
      targetId: asking.userId,
      after: { erasureId: asked.erasure.id, origin: asking.origin },
    });
    await deps.outbox.publish(tx, [erasureEvent(asked.erasure)]);
  }
  return asked;
}

/** The person who has signed in wishes to be forgotten; the operator decides. Asked twice it is one wish. */
export const askErasure =
  (deps: PrivacyDeps) =>
  (ctx: Ctx, { reason = null }: { readonly reason?: string | null }): Promise<Erasure> =>
    deps.db.transaction(ctx, async (tx) => {
      const userId = requirePerson(ctx);
      return (await ask(deps, tx, { userId, origin: "person", reason })).erasure;
    });

/** What became of the own wish; null where there was none. */
export const getOwnErasure =
  (deps: PrivacyDeps) =>
  (ctx: Ctx): Promise<Erasure | null> =>
    deps.db.read(ctx, async (tx) => (await findErasureOf(tx, requirePerson(ctx))) ?? null);

/** Takes the own wish back, as long as it has not been carried out. */
export const withdrawErasure =
  (deps: PrivacyDeps) =>
  (ctx: Ctx): Promise<Erasure> =>
    deps.db.transaction(ctx, async (tx) => {
      const erasure = await findErasureOf(tx, requirePerson(ctx));
      if (erasure === undefined) throw privacyErrors.erasure_not_found();
      return move(deps, tx, erasure, { status: "withdrawn", action: "privacy.erasure_withdrawn" });
    });

/** The operator erases somebody, now or once nothing hinders it any more. Asked twice nothing is done twice. */
export const eraseSubject =
  (deps: PrivacyDeps) =>
  (
    ctx: Ctx,
    { userId, reason = null }: { readonly userId: string; readonly reason?: string | null },
  ): Promise<Erasure> =>
    deps.db.transaction(ctx, async (tx) => {
      requireScope(ctx, "privacy:write");
      const { erasure } = await ask(deps, tx, { userId, origin: "operator", reason });
      return erasure.status === "done" ? erasure : carryOut(deps, tx, erasure.id, { isDecision: true });
    });

/** Grants a wish. Throws `privacy.erasure_wrong_state` where it has been refused or withdrawn; of one that is done it is no error. */
export const acceptErasure =
  (deps: PrivacyDeps) =>
  (ctx: Ctx, { id }: { readonly id: string }): Promise<Erasure> =>
    deps.db.transaction(ctx, async (tx) => {
      requireScope(ctx, "privacy:write");
      const erasure = await getErasureIn(tx, id);
      return erasure.status === "done" ? erasure : carryOut(deps, tx, id, { isDecision: true });
    });

/** Refuses a wish, with the reason that its person is owed (GDPR, Article 12, paragraph 4). */
export const refuseErasure =
  (deps: PrivacyDeps) =>
  (ctx: Ctx, { id, reason }: { readonly id: string; readonly reason: string }): Promise<Erasure> =>
    deps.db.transaction(ctx, async (tx) => {
      requireScope(ctx, "privacy:write");
      const erasure = await getErasureIn(tx, id);
      return move(deps, tx, erasure, { status: "refused", action: "privacy.erasure_refused", refusal: reason });
    });

async function move(
  deps: PrivacyDeps,
  tx: Tx,
  { id, userId }: Erasure,
  to: { readonly status: "withdrawn" | "refused"; readonly action: string; readonly refusal?: string },
): Promise<Erasure> {
  const { status, action, refusal } = to;
  const before = await lockErasure(tx, id);
  if (!isOpen(before)) throw privacyErrors.erasure_wrong_state({ status: before.status });
  const moved = await updateErasure(tx, id, {
    status,
    isDecision: status === "refused",
    ...(refusal !== undefined && { refusal }),
  });
  await deps.audit.record(tx, action, {
    targetType: "user",
    targetId: userId,
    before: { status: before.status },
    after: { erasureId: id, status },
    ...(refusal !== undefined && { reason: refusal }),
  });
  await deps.outbox.publish(tx, [erasureEvent(moved)]);
  return moved;
}

async function getErasureIn(tx: Tx, id: string): Promise<Erasure> {
  const erasure = await findErasure(tx, id);
  if (erasure === undefined) throw privacyErrors.erasure_not_found();
  return erasure;
}
