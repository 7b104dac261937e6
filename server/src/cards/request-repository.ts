import { type Selectable, sql } from "kysely";
import type { DB, ReadTx, Tx } from "../platform/database/index.ts";
import type { RequestKind } from "./card-issuer.ts";

export type RequestRow = Omit<Selectable<DB["card_requests"]>, "kind" | "status"> & {
  readonly kind: RequestKind;
  readonly status: "open" | "confirmed" | "refused";
};

export type RequestKey = { readonly programId: string; readonly id: string };

/** Whoever works on a chain, or adds to it, takes turns: until the transaction ends. Taken before rows. */
export const lockChain = (tx: Tx, chainId: string) =>
  sql`select pg_advisory_xact_lock(hashtextextended(${`card requests ${tx.ctx.tenantId} ${chainId}`}, 0))`.execute(tx);

/** The checks of the table make the cast true. */
const selectRequests = (tx: ReadTx) =>
  tx.selectFrom("card_requests").selectAll().where("tenant_id", "=", tx.ctx.tenantId).$narrowType<RequestRow>();

export const findRequest = (tx: ReadTx, { programId, id }: RequestKey): Promise<RequestRow | undefined> =>
  selectRequests(tx).where("program_id", "=", programId).where("id", "=", id).executeTakeFirst();

/** The first of a chain that has no answer yet: the only one that may be sent. */
export const findNextOpen = (tx: ReadTx, chainId: string): Promise<RequestRow | undefined> =>
  selectRequests(tx)
    .where("chain_id", "=", chainId)
    .where("status", "=", "open")
    .orderBy("number")
    .limit(1)
    .executeTakeFirst();

/** Adds a request, or opens again one that was refused, which nothing was made of. */
export async function insertRequest(
  tx: Tx,
  row: Pick<RequestRow, "program_id" | "id" | "kind" | "chain_id" | "target_id" | "body_sealed">,
): Promise<void> {
  await tx
    .insertInto("card_requests")
    .values({ ...row, tenant_id: tx.ctx.tenantId, status: "open", created_at: tx.ctx.now })
    .onConflict((conflict) =>
      conflict
        .columns(["tenant_id", "program_id", "id"])
        .doUpdateSet({ status: "open", body_sealed: row.body_sealed, settled_at: null, error_code: null, attempts: 0 })
        .where("card_requests.status", "=", "refused"),
    )
    .execute();
}

/** Counts a sending before it is made. */
export async function countSending(tx: Tx, { programId, id }: RequestKey): Promise<void> {
  await tx
    .updateTable("card_requests")
    .set({ attempts: sql`attempts + 1` })
    .where("tenant_id", "=", tx.ctx.tenantId)
    .where("program_id", "=", programId)
    .where("id", "=", id)
    .execute();
}

export async function noteUnsettled(tx: Tx, { programId, id }: RequestKey, code: string): Promise<void> {
  await tx
    .updateTable("card_requests")
    .set({ error_code: code })
    .where("tenant_id", "=", tx.ctx.tenantId)
    .where("program_id", "=", programId)
    .where("id", "=", id)
    .where("status", "=", "open")
    .execute();
}

/** Settles a request and forgets its bytes; undefined where somebody was faster. */
export const settleRequest = (
  tx: Tx,
  { programId, id }: RequestKey,
  { status, code }: { readonly status: "confirmed" | "refused"; readonly code: string | null },
): Promise<RequestRow | undefined> =>
  tx
    .updateTable("card_requests")
    .set({ status, error_code: code, body_sealed: null, settled_at: tx.ctx.now })
    .where("tenant_id", "=", tx.ctx.tenantId)
    .where("program_id", "=", programId)
    .where("id", "=", id)
    .where("status", "=", "open")
    .returningAll()
    .$narrowType<RequestRow>()
    .executeTakeFirst();

/** Whether a change of a card's state is on its way. */
export async function isChanging(tx: ReadTx, cardId: string): Promise<boolean> {
  const row = await tx
    .selectFrom("card_requests")
    .select("id")
    .where("tenant_id", "=", tx.ctx.tenantId)
    .where("target_id", "=", cardId)
    .where("kind", "=", "card_transition")
    .where("status", "=", "open")
    .limit(1)
    .executeTakeFirst();
  return row !== undefined;
}

const WOKEN_MAX = 500;

/** The first open request of each chain that has waited since before an instant. */
export async function findStuck(tx: ReadTx, before: Date): Promise<RequestKey[]> {
  const { rows } = await sql<{ program_id: string; id: string }>`
    select program_id, id
      from (
           select distinct on (chain_id) program_id, id, created_at
             from card_requests
            where tenant_id = ${tx.ctx.tenantId}
              and status = 'open'
            order by chain_id, number) first
     where created_at < ${before}
     order by created_at
     limit ${WOKEN_MAX}`.execute(tx);
  return rows.map((row) => ({ programId: row.program_id, id: row.id }));
}

/** The programmes whose issuer was asked to know a user. */
export async function findProgramsKnowing(tx: ReadTx, userId: string): Promise<string[]> {
  const rows = await tx
    .selectFrom("card_requests")
    .select("program_id")
    .where("tenant_id", "=", tx.ctx.tenantId)
    .where("id", "=", userId)
    .where("kind", "=", "user")
    .where("status", "<>", "refused")
    .orderBy("program_id")
    .execute();
  return rows.map((row) => row.program_id);
}
