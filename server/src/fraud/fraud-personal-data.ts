import { sql } from "kysely";
import type { ReadTx, Tx } from "../platform/database/index.ts";

/** Of whom something is asked, or forgotten. */
type Person = { readonly userId: string; readonly email: string | null; readonly partnerId?: string | null };

/** What was judged of a customer: by its referrals, which the caller names. */
const NAME = "fraud";

/**
 * What this module holds of a person: what was judged of its conversions, or, of a partner, of all that it brought. Signals are keyed hashes,
 * which say nothing to anybody; they are counted.
 */
export const fraudPersonalData = (referralsOf: (tx: ReadTx, userId: string) => Promise<readonly string[]>) => ({
  name: NAME,
  collect: async (tx: ReadTx, person: Person): Promise<Record<string, unknown>[]> => {
    const ids = [...(await referralsOf(tx, person.userId))];
    const { rows } = await sql<Record<string, unknown>>`
      select e.subject_kind as "about", e.subject_id as "id", e.evaluated_at as "judgedAt", e.verdict, e.facts,
             c.status as "decision", c.reason, c.appeal
        from fraud_evaluations e
        left join fraud_cases c on c.tenant_id = e.tenant_id and c.evaluation_id = e.id
       where e.tenant_id = ${tx.ctx.tenantId}
         and (e.subject_id = any (${ids}::uuid[])
              or (c.id is not null and e.partner_id = ${person.partnerId ?? null}::uuid))
       order by e.evaluated_at, e.id`.execute(tx);
    return rows;
  },
  /** Forgets what a customer was recognised by and what was seen of it. That something was judged, and how, is part of the books. */
  erase: async (tx: Tx, person: Person): Promise<number> => {
    const ids = [...(await referralsOf(tx, person.userId)), ...(person.partnerId ? [person.partnerId] : [])];
    const signals = await sql`
      delete from fraud_signals
       where tenant_id = ${tx.ctx.tenantId}
         and subject_id = any (${ids}::uuid[])`.execute(tx);
    const evaluations = await sql`
      update fraud_evaluations
         set facts = '{}', findings = coalesce((select jsonb_agg(f - 'evidence' || '{"evidence": {}}') from jsonb_array_elements(findings) f), '[]')
       where tenant_id = ${tx.ctx.tenantId}
         and subject_id = any (${ids}::uuid[])
         and facts <> '{}'`.execute(tx);
    return Number((signals.numAffectedRows ?? 0n) + (evaluations.numAffectedRows ?? 0n));
  },
});
