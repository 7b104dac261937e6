import { sql } from "kysely";
import { newId } from "../kernel/id.ts";
import type { ReadTx, Tx } from "../platform/database/index.ts";
import type { Judged } from "./back-test-rules.ts";
import type { Facts, Subject } from "./fraud-facts.ts";
import type { Finding, Judgement, Verdict } from "./fraud-rules.ts";
import { type Signal, signalRow } from "./signal-repository.ts";

export type Evaluation = Judgement & {
  readonly id: string;
  readonly subjectKind: Subject;
  readonly subjectId: string;
  readonly partnerId: string;
  readonly evaluatedAt: Date;
  readonly version: number;
  /** Empty where the person they were of has been forgotten. */
  readonly facts: Facts | Readonly<Record<string, never>>;
};

/** Keeps what the rules said; undefined where the same conversion or sale has been judged before. */
export async function insertEvaluation(
  tx: Tx,
  of: {
    readonly subjectId: string;
    readonly partnerId: string;
    readonly version: number;
    readonly facts: Facts;
    readonly judgement: Judgement;
    /** What a conversion is recognised by, kept in the same statement: it waits for this. */
    readonly signals?: { readonly at: Date; readonly values: readonly Signal[] };
  },
): Promise<Evaluation | undefined> {
  const { facts, judgement } = of;
  const { at = tx.ctx.now, values = [] } = of.signals ?? {};
  const keeping =
    values.length === 0
      ? tx
      : tx.with("seen", (rest) =>
          rest
            .insertInto("fraud_signals")
            .values(values.map((signal) => signalRow(tx, { ...of, at }, signal)))
            .onConflict((conflict) => conflict.doNothing())
            .returning("kind"),
        );
  const row = await keeping
    .insertInto("fraud_evaluations")
    .values({
      tenant_id: tx.ctx.tenantId,
      id: newId(),
      subject_kind: facts.subject,
      subject_id: of.subjectId,
      partner_id: of.partnerId,
      evaluated_at: tx.ctx.now,
      version: of.version,
      score: judgement.score,
      shadow_score: judgement.shadowScore,
      verdict: judgement.verdict,
      findings: JSON.stringify(judgement.findings),
      facts: JSON.stringify(facts),
    })
    .onConflict((conflict) => conflict.doNothing())
    .returning("id")
    .executeTakeFirst();
  if (row === undefined) return undefined;
  const { subjectId, partnerId, version } = of;
  return {
    ...judgement,
    id: row.id,
    subjectKind: facts.subject,
    subjectId,
    partnerId,
    version,
    facts,
    evaluatedAt: tx.ctx.now,
  };
}

export async function findEvaluations(tx: ReadTx, ids: readonly string[]): Promise<ReadonlyMap<string, Evaluation>> {
  const rows = await tx
    .selectFrom("fraud_evaluations")
    .selectAll()
    .where("tenant_id", "=", tx.ctx.tenantId)
    .where("id", "=", sql<string>`any (${[...ids]}::uuid[])`)
    .execute();
  return new Map(
    rows.map((row) => [
      row.id,
      {
        id: row.id,
        // The check constraints make the casts true; findings and facts are written by this module alone.
        subjectKind: row.subject_kind as Subject,
        subjectId: row.subject_id,
        partnerId: row.partner_id,
        evaluatedAt: row.evaluated_at,
        version: row.version,
        score: row.score,
        shadowScore: row.shadow_score,
        verdict: row.verdict as Verdict,
        findings: row.findings as unknown as Finding[],
        facts: row.facts as unknown as Facts,
      },
    ]),
  );
}

/** Whether a payout has been judged, whatever was said of it. */
export async function isPayoutJudged(tx: ReadTx, payoutId: string): Promise<boolean> {
  const row = await tx
    .selectFrom("fraud_evaluations")
    .select("id")
    .where("tenant_id", "=", tx.ctx.tenantId)
    .where("subject_kind", "=", sql<string>`'payout'`)
    .where("subject_id", "=", payoutId)
    .limit(1)
    .executeTakeFirst();
  return row !== undefined;
}

/** What was judged from an instant on, the newest first, with what a person decided of it; those before `before` in that order. */
export async function findJudged(
  tx: ReadTx,
  of: {
    readonly from: Date;
    readonly before: { readonly at: Date; readonly id: string } | undefined;
    readonly limit: number;
  },
): Promise<(Judged & { readonly at: Date })[]> {
  const { rows } = await sql<{
    id: string;
    partner_id: string;
    facts: Facts;
    verdict: Verdict;
    status: string | null;
    evaluated_at: Date;
  }>`
    select e.id, e.partner_id, e.facts, e.verdict, e.evaluated_at, c.status
      from fraud_evaluations e
      left join fraud_cases c on c.tenant_id = e.tenant_id and c.evaluation_id = e.id
     where e.tenant_id = ${tx.ctx.tenantId}
       and e.evaluated_at >= ${of.from}
       and (${of.before === undefined} or (e.evaluated_at, e.id) < (${of.before?.at ?? null}::timestamptz, ${of.before?.id ?? null}::uuid))
       and e.facts <> '{}'
     order by e.evaluated_at desc, e.id desc
     limit ${of.limit}`.execute(tx);
  return rows.map(({ id, partner_id, facts, verdict, status, evaluated_at }) => ({
    id,
    partnerId: partner_id,
    facts,
    verdict,
    decision: status === "cleared" ? "cleared" : status === null || status === "open" ? null : "refused",
    at: evaluated_at,
  }));
}
