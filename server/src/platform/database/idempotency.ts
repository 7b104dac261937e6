import { sql } from "kysely";
import { defineErrors } from "../../kernel/errors.ts";
import { toWire } from "../wire.ts";
import type { Tx } from "./tx.ts";

export const idempotencyErrors = defineErrors("idempotency", {
  key_required: { kind: "invalid", title: "This request moves money: send an Idempotency-Key header" },
  key_invalid: { kind: "invalid", title: "An Idempotency-Key is 1 to 255 visible ASCII characters" },
  key_reused: { kind: "conflict", title: "This Idempotency-Key was used for another request" },
  secret_not_repeated: {
    kind: "conflict",
    title: "This request was carried out; its answer held a secret, which is shown once and not kept",
  },
});

/** Not an error to the caller: the request was done before, and this is its answer. The HTTP layer sends it. */
export class IdempotentReplay extends Error {
  override name = "IdempotentReplay";
  readonly result: unknown;
  constructor(result: unknown) {
    super("answered before");
    this.result = result;
  }
}

/** Who a key belongs to: the same key from two callers is two keys. */
function callerOf(tx: Tx): string {
  const { actor } = tx.ctx;
  switch (actor.type) {
    case "user":
      return `user:${actor.userId}`;
    case "key":
      return `key:${actor.keyId}`;
    case "system":
      return `system:${actor.job}`;
    case "anonymous":
      return `ip:${tx.ctx.ip ?? "unknown"}`;
  }
}

/**
 * First statement of a write: takes the request's key, or answers from it. It commits or vanishes with the change itself, so there is no
 * moment at which a change is done and its key is free, or the other way round. A second request with the key waits for the first here.
 */
export async function claimIdempotencyKey(tx: Tx): Promise<void> {
  const request = tx.ctx.idempotency;
  if (request === undefined) return;
  const actor = callerOf(tx);
  const claimed = await tx
    .insertInto("idempotency_keys")
    .values({
      tenant_id: tx.ctx.tenantId,
      actor,
      key: request.key,
      route: request.route,
      request_hash: request.requestHash,
      is_secret: request.isSecret,
      created_at: tx.ctx.now,
    })
    .onConflict((conflict) => conflict.doNothing())
    .returning("key")
    .executeTakeFirst();
  if (claimed) return;

  const kept = await tx
    .selectFrom("idempotency_keys")
    .select(["route", "request_hash", "result", "is_secret"])
    .where("tenant_id", "=", tx.ctx.tenantId)
    .where("actor", "=", actor)
    .where("key", "=", request.key)
    .executeTakeFirstOrThrow();
  if (kept.route !== request.route || !kept.request_hash.equals(request.requestHash))
    throw idempotencyErrors.key_reused();
  if (kept.is_secret) throw idempotencyErrors.secret_not_repeated();
  throw new IdempotentReplay(kept.result);
}

/** Last statement of a write: keeps the answer beside the key. */
export async function keepAnswer(tx: Tx, result: unknown): Promise<void> {
  const request = tx.ctx.idempotency;
  if (request === undefined || request.isSecret) return;
  await tx
    .updateTable("idempotency_keys")
    .set({ result: toWire(result) })
    .where("tenant_id", "=", tx.ctx.tenantId)
    .where("actor", "=", callerOf(tx))
    .where("key", "=", request.key)
    .execute();
}

/** Forgets answers that were given before an instant, `limit` of them. Returns how many. */
export async function deleteAnswers(tx: Tx, { before, limit }: { before: Date; limit: number }): Promise<number> {
  const { numAffectedRows } = await sql`
    delete from idempotency_keys k
     using (
           select actor, key
             from idempotency_keys
            where tenant_id = ${tx.ctx.tenantId}
              and created_at < ${before}
            order by created_at
            limit ${limit}) old
     where k.tenant_id = ${tx.ctx.tenantId}
       and (k.actor, k.key) = (old.actor, old.key)`.execute(tx);
  return Number(numAffectedRows);
}
