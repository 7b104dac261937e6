import { sql } from "kysely";
import type { ReadTx } from "../platform/database/index.ts";
import type { PersonalDataSource } from "../platform/personal-data.ts";

/**
 * What this module holds of a person: what was judged of its conversions, or, of a partner, of all that it brought (without what was seen of others). Signals are keyed hashes,
 * which say nothing to anybody; they are counted.
 */
export const fraudPersonalData = (
  referralsOf: (tx: ReadTx, userId: string) => Promise<readonly string[]>,
): PersonalDataSource => ({
  name: "fraud",
  holds: {
    "fraud_signals.value": "erased",
    "fraud_accounts.value": "erased",
    "fraud_cases.accounts": "erased",
    "fraud_evaluations.facts": "erased",
    "fraud_evaluations.findings": "erased",
    "fraud_cases.reason": "claims",
    "fraud_cases.appeal": "claims",
    "fraud_case_partners.appeal": "claims",
    "fraud_cases.decided_by": "trail",
    "fraud_rule_sets.made_by": "trail",
    "fraud_rule_sets.reason": "trail",
  },
  collect: async (tx, person) => {
    const ids = [...(await referralsOf(tx, person.userId))];
    const { rows } = await sql<object>`
      select e.subject_kind as "about", e.subject_id as "id", e.evaluated_at as "judgedAt", e.verdict,
             case when e.subject_id = any (${ids}::uuid[]) then e.facts end as facts,
             c.status as "decision", c.reason, coalesce(o.appeal, case when o.case_id is null then c.appeal end) as appeal
        from fraud_evaluations e
        left join fraud_cases c on c.tenant_id = e.tenant_id and c.evaluation_id = e.id
        left join fraud_case_partners o
          on o.tenant_id = c.tenant_id and o.case_id = c.id and o.partner_id = ${person.partnerId ?? null}::uuid
       where e.tenant_id = ${tx.ctx.tenantId}
         and (e.subject_id = any (${ids}::uuid[])
              or (c.id is not null and e.partner_id = ${person.partnerId ?? null}::uuid)
              or o.case_id is not null)
       order by e.evaluated_at, e.id`.execute(tx);
    return rows;
  },
  /** Forgets what a customer was recognised by and what was seen of it. That something was judged, and how, is part of the books. */
  erase: async (tx, person) => {
    const ids = [...(await referralsOf(tx, person.userId)), ...(person.partnerId ? [person.partnerId] : [])];
    const signals = await sql`
      delete from fraud_signals
       where tenant_id = ${tx.ctx.tenantId}
         and subject_id = any (${ids}::uuid[])`.execute(tx);
    const accounts = await sql`
      delete from fraud_accounts
       where tenant_id = ${tx.ctx.tenantId}
         and partner_id = ${person.partnerId ?? null}::uuid`.execute(tx);
    const cases = await sql`
      update fraud_cases
         set accounts = null
       where tenant_id = ${tx.ctx.tenantId}
         and partner_id = ${person.partnerId ?? null}::uuid
         and accounts is not null`.execute(tx);
    const evaluations = await sql`
      update fraud_evaluations
         set facts = '{}', findings = coalesce((select jsonb_agg(f - 'evidence' || '{"evidence": {}}') from jsonb_array_elements(findings) f), '[]')
       where tenant_id = ${tx.ctx.tenantId}
         and subject_id = any (${ids}::uuid[])
         and facts <> '{}'`.execute(tx);
    return [signals, accounts, cases, evaluations].reduce(
      (sum, { numAffectedRows }) => sum + Number(numAffectedRows ?? 0n),
      0,
    );
  },
});
