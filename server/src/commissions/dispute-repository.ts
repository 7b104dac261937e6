import { sql } from "kysely";
import { invariant } from "../kernel/invariant.ts";
import type { ReadTx, Tx } from "../platform/database/index.ts";
import {
  type DisputeStatus,
  disputeStatesBefore,
  type MessageKind,
  type ReferenceKind,
  type Settled,
  UNSETTLED,
} from "./dispute-rules.ts";
import { partnerReceipt } from "./partner-receipt.ts";

export type DisputeRow = {
  readonly id: string;
  readonly kind: "commission" | "missing";
  /** Null of a missing one. */
  readonly commission_id: string | null;
  readonly partner_id: string;
  readonly reason: string;
  readonly status: DisputeStatus;
  /** Where the commission stood when it was disputed: decides where the money came from and goes back to. */
  readonly status_before: "pending" | "approved" | null;
  readonly amount_moved: bigint;
  /** What the dispute holds now; zero once it is settled. */
  readonly amount_held: bigint;
  readonly reference_kind: ReferenceKind | null;
  readonly reference: string | null;
  /** The sale of an own customer that a missing one names. */
  readonly transaction_id: string | null;
  readonly assigned_to: string | null;
  readonly first_reviewer: string | null;
  readonly escalated_at: Date | null;
  readonly due_at: Date | null;
  readonly time_left_ms: bigint | null;
  readonly reminded_at: Date | null;
  readonly adjusted_by: bigint | null;
  readonly result_commission_id: string | null;
  readonly opened_at: Date;
  readonly resolved_at: Date | null;
  readonly resolved_by: string | null;
  readonly resolution: string | null;
};

const DISPUTE_COLUMNS = [
  "id",
  "kind",
  "commission_id",
  "partner_id",
  "reason",
  "status",
  "status_before",
  "amount_moved",
  "amount_held",
  "reference_kind",
  "reference",
  "transaction_id",
  "assigned_to",
  "first_reviewer",
  "escalated_at",
  "due_at",
  "time_left_ms",
  "reminded_at",
  "adjusted_by",
  "result_commission_id",
  "opened_at",
  "resolved_at",
  "resolved_by",
  "resolution",
] as const;

type Words = "kind" | "status" | "status_before" | "reference_kind";
type Kept = Omit<DisputeRow, Words> & {
  kind: string;
  status: string;
  status_before: string | null;
  reference_kind: string | null;
};
/** The words hold what their check constraints admit. */
export const asDispute = (row: Kept): DisputeRow => row as DisputeRow;

/** The base of every read of disputes; callers add filters. */
export const selectDisputes = (tx: ReadTx) =>
  tx.selectFrom("commission_disputes").select(DISPUTE_COLUMNS).where("tenant_id", "=", tx.ctx.tenantId);

export async function findDispute(tx: ReadTx, id: string): Promise<DisputeRow | undefined> {
  const row = await selectDisputes(tx).where("id", "=", id).executeTakeFirst();
  return row && asDispute(row);
}

/** The same, locked until commit: what is decided by it stays true. Taken after the accounts of its partner. */
export async function lockDispute(tx: Tx, id: string): Promise<DisputeRow | undefined> {
  const row = await tx
    .selectFrom("commission_disputes")
    .select(DISPUTE_COLUMNS)
    .where("tenant_id", "=", tx.ctx.tenantId)
    .where("id", "=", id)
    .forUpdate()
    .executeTakeFirst();
  return row && asDispute(row);
}

/** One is unsettled at a time; more than this were settled long ago. */
const DISPUTES_SHOWN_MAX = 20;

/** The disputes of a commission, newest first. */
export async function findDisputesOf(tx: ReadTx, commissionId: string): Promise<DisputeRow[]> {
  const rows = await selectDisputes(tx)
    .where("commission_id", "=", commissionId)
    .orderBy("opened_at", "desc")
    .orderBy("id", "desc")
    .limit(DISPUTES_SHOWN_MAX)
    .execute();
  return rows.map(asDispute);
}

/** Disputes that are not settled, by the root that they are about. */
export async function findUnsettledDisputes(tx: ReadTx, rootIds: readonly string[]): Promise<Map<string, DisputeRow>> {
  if (rootIds.length === 0) return new Map();
  const rows = await selectDisputes(tx)
    .where("commission_id", "=", sql<string>`any (${[...rootIds]}::uuid[])`)
    .where("status", "in", [...UNSETTLED])
    .execute();
  return new Map(rows.map((row) => [row.commission_id ?? "", asDispute(row)]));
}

/** Those that the clock may have to do something about, the most urgent first. */
export async function findDueDisputes(
  tx: ReadTx,
  { before, limit }: { readonly before: Date; readonly limit: number },
): Promise<string[]> {
  const rows = await tx
    .selectFrom("commission_disputes")
    .select("id")
    .where("tenant_id", "=", tx.ctx.tenantId)
    .where("status", "in", [...UNSETTLED])
    .where("due_at", "<=", before)
    // Nothing is left to be done about these: a reminder is one, and an escalated dispute goes nowhere by itself.
    .where((or) =>
      or.or([or("reminded_at", "is", null), or.and([or("status", "<>", "escalated"), or("due_at", "<=", tx.ctx.now)])]),
    )
    .orderBy("due_at")
    .orderBy("id")
    .limit(limit)
    .execute();
  return rows.map(({ id }) => id);
}

type NewDispute = Pick<
  DisputeRow,
  | "id"
  | "kind"
  | "commission_id"
  | "partner_id"
  | "reason"
  | "status_before"
  | "amount_moved"
  | "reference_kind"
  | "reference"
  | "transaction_id"
  | "due_at"
> & { readonly evidence: string; readonly partner_evidence: string };

/** Undefined where the partner has an unsettled one about the same already. */
export async function insertDispute(tx: Tx, dispute: NewDispute): Promise<DisputeRow | undefined> {
  const row = await tx
    .insertInto("commission_disputes")
    .values({
      ...dispute,
      amount_held: dispute.amount_moved,
      tenant_id: tx.ctx.tenantId,
      opened_at: tx.ctx.now,
    })
    .onConflict((conflict) => conflict.doNothing())
    .returning(DISPUTE_COLUMNS)
    .executeTakeFirst();
  return row && asDispute(row);
}

/** What was known when a dispute was opened, as plain JSON. */
export async function findEvidence(
  tx: ReadTx,
  id: string,
): Promise<{ readonly evidence: object; readonly partnerEvidence: object }> {
  const row = await tx
    .selectFrom("commission_disputes")
    .select(["evidence", "partner_evidence"])
    .where("tenant_id", "=", tx.ctx.tenantId)
    .where("id", "=", id)
    .executeTakeFirstOrThrow();
  const own = row.partner_evidence as { readonly receipt?: object | null };
  // Evidence is kept as it was gathered, with the whole receipt.
  const partnerEvidence = own.receipt ? { ...own, receipt: partnerReceipt(own.receipt) } : own;
  return { evidence: row.evidence as object, partnerEvidence };
}

/** Follows the ledger where a reversal takes from an open dispute, or a won chargeback adds to it. The caller has locked the partner's accounts. */
export async function changeHeld(
  tx: Tx,
  changes: readonly { readonly disputeId: string; readonly by: bigint }[],
): Promise<void> {
  const sums = new Map<string, bigint>();
  for (const { disputeId, by } of changes) sums.set(disputeId, (sums.get(disputeId) ?? 0n) + by);
  if (sums.size === 0) return;
  const { numAffectedRows } = await sql`
    update commission_disputes d
       set amount_held = d.amount_held + c.by
      from unnest(${[...sums.keys()]}::uuid[], ${[...sums.values()].map(String)}::bigint[]) as c (id, by)
     where d.tenant_id = ${tx.ctx.tenantId}
       and d.id = c.id
       and d.status = any (${[...UNSETTLED]}::text[])`.execute(tx);
  invariant(
    numAffectedRows === BigInt(sums.size),
    "what changes is held by a dispute that is unsettled under this lock",
  );
}

/** Gives an unsettled dispute to somebody, or to nobody. Undefined where it is settled. */
export const assignTo = (tx: Tx, id: string, assignedTo: string | null): Promise<DisputeRow | undefined> =>
  update(tx, id, UNSETTLED, { assigned_to: assignedTo });

/** Writes down that whoever is to act was reminded. */
export const markReminded = (tx: Tx, id: string): Promise<DisputeRow | undefined> =>
  update(tx, id, UNSETTLED, { reminded_at: tx.ctx.now });

type Step = Partial<Pick<DisputeRow, "first_reviewer" | "escalated_at" | "due_at" | "time_left_ms" | "reminded_at">>;

/** Moves an unsettled dispute on, or begins the state that it is in anew. Undefined where somebody was faster. */
export const moveDispute = (
  tx: Tx,
  id: string,
  to: (typeof UNSETTLED)[number],
  step: Step,
): Promise<DisputeRow | undefined> => update(tx, id, [...disputeStatesBefore(to), to], { status: to, ...step });

async function update(
  tx: Tx,
  id: string,
  from: readonly DisputeStatus[],
  change: Step & { readonly status?: DisputeStatus; readonly assigned_to?: string | null },
): Promise<DisputeRow | undefined> {
  const row = await tx
    .updateTable("commission_disputes")
    .set(change)
    .where("tenant_id", "=", tx.ctx.tenantId)
    .where("id", "=", id)
    .where("status", "in", [...from])
    .returning(DISPUTE_COLUMNS)
    .executeTakeFirst();
  return row && asDispute(row);
}

/** Settles a dispute; what it held has been booked away by the caller. Undefined where it is settled already. */
export async function closeDispute(
  tx: Tx,
  id: string,
  to: {
    readonly status: Settled;
    readonly resolution: string;
    readonly adjustedBy?: bigint | null;
    readonly resultCommissionId?: string | null;
  },
): Promise<DisputeRow | undefined> {
  const { actor, now, tenantId } = tx.ctx;
  const resolvedBy = actor.type === "user" ? actor.userId : actor.type === "key" ? actor.keyId : null;
  const row = await tx
    .updateTable("commission_disputes")
    .set({
      status: to.status,
      resolution: to.resolution,
      resolved_at: now,
      resolved_by: resolvedBy,
      amount_held: 0n,
      due_at: null,
      time_left_ms: null,
      adjusted_by: to.adjustedBy ?? null,
      result_commission_id: to.resultCommissionId ?? null,
    })
    .where("tenant_id", "=", tenantId)
    .where("id", "=", id)
    .where("status", "in", disputeStatesBefore(to.status))
    .returning(DISPUTE_COLUMNS)
    .executeTakeFirst();
  return row && asDispute(row);
}

export type MessageRow = {
  readonly id: string;
  readonly kind: MessageKind;
  readonly author_id: string | null;
  readonly body: string;
  readonly written_at: Date;
};

const MESSAGE_COLUMNS = ["id", "kind", "author_id", "body", "written_at"] as const;

/** More than anybody reads; a dispute takes no more than this. */
export const MESSAGES_MAX = 500;

/** Oldest first; without the team's notes where the partner reads. */
export async function findMessages(
  tx: ReadTx,
  disputeId: string,
  { withNotes }: { readonly withNotes: boolean },
): Promise<MessageRow[]> {
  let select = tx
    .selectFrom("commission_dispute_messages")
    .select(MESSAGE_COLUMNS)
    .where("tenant_id", "=", tx.ctx.tenantId)
    .where("dispute_id", "=", disputeId)
    .orderBy("written_at")
    .orderBy("id")
    .limit(MESSAGES_MAX);
  if (!withNotes) select = select.where("kind", "<>", "note");
  // The kinds are those of the check constraint.
  return (await select.execute()) as MessageRow[];
}

export async function countMessages(tx: ReadTx, disputeId: string): Promise<number> {
  const { count } = await tx
    .selectFrom("commission_dispute_messages")
    .select((of) => of.fn.countAll<bigint>().as("count"))
    .where("tenant_id", "=", tx.ctx.tenantId)
    .where("dispute_id", "=", disputeId)
    .executeTakeFirstOrThrow();
  return Number(count);
}

export async function insertMessage(
  tx: Tx,
  message: { readonly dispute_id: string } & Pick<MessageRow, "id" | "kind" | "author_id" | "body">,
): Promise<void> {
  await tx
    .insertInto("commission_dispute_messages")
    .values({ ...message, tenant_id: tx.ctx.tenantId, written_at: tx.ctx.now })
    .execute();
}
