import { type RawBuilder, sql } from "kysely";
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
             c.status as "decision", c.reason, case when o.case_id is null or o.partner_id = c.partner_id then c.appeal else o.appeal end as appeal
        from fraud_evaluations e
        left join fraud_cases c on c.tenant_id = e.tenant_id and c.evaluation_id = e.id
        left join fraud_case_partners o
          on o.tenant_id = c.tenant_id and o.case_id = c.id and o.partner_id = ${person.partnerId ?? null}::uuid
       where e.tenant_id = ${tx.ctx.tenantId}
         and e.id in (${judgedOf(tx, { referralIds: ids, partnerId: person.partnerId })})
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
         and subject_kind = 'conversion'
         and subject_id = any (${ids}::uuid[])
         and facts <> '{}'`.execute(tx);
    return [signals, accounts, cases, evaluations].reduce(
      (sum, { numAffectedRows }) => sum + Number(numAffectedRows ?? 0n),
      0,
    );
  },
});

/** Judgements of conversions, and those of which a partner has a case: each read by its index. */
export const judgedOf = (
  tx: ReadTx,
  {
    referralIds,
    partnerId = null,
  }: { readonly referralIds: readonly string[]; readonly partnerId?: string | null | undefined },
): RawBuilder<object> => sql`
    select id from fraud_evaluations
     where tenant_id = ${tx.ctx.tenantId} and subject_kind = 'conversion' and subject_id = any (${[...referralIds]}::uuid[])
     union all
    select evaluation_id from fraud_cases where tenant_id = ${tx.ctx.tenantId} and partner_id = ${partnerId}::uuid
     union all
    select c.evaluation_id
      from fraud_case_partners o
      join fraud_cases c on (c.tenant_id, c.id) = (o.tenant_id, o.case_id)
     where o.tenant_id = ${tx.ctx.tenantId} and o.partner_id = ${partnerId}::uuid`;
