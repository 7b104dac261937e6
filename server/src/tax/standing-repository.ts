import { sql } from "kysely";
import type { CalendarDate } from "../kernel/calendar.ts";
import type { ReadTx, Tx } from "../platform/database/index.ts";
import type { FormKind } from "./form-rules.ts";

/** How a partner stands with its taxes. */
export type StandingRow = {
  readonly partner_id: string;
  readonly form_id: string | null;
  readonly asked_at: Date | null;
  readonly withholding_since: Date | null;
  readonly withholding_reason: string | null;
  readonly consented_at: Date | null;
  readonly consent_text: string | null;
  readonly told_expiring: CalendarDate | null;
  readonly told_expired: CalendarDate | null;
};

const COLUMNS = [
  "partner_id",
  "form_id",
  "asked_at",
  "withholding_since",
  "withholding_reason",
  "consented_at",
  "consent_text",
  "told_expiring",
  "told_expired",
] as const;

const selectStandings = (tx: ReadTx) =>
  tx.selectFrom("tax_partners").select(COLUMNS).where("tenant_id", "=", tx.ctx.tenantId);

export const findStanding = (tx: ReadTx, partnerId: string): Promise<StandingRow | undefined> =>
  selectStandings(tx).where("partner_id", "=", partnerId).executeTakeFirst();

/** Whoever signs, asks or orders takes its turn here; several partners in the order of their ids. */
export async function lockStandings(tx: Tx, partnerIds: readonly string[]): Promise<StandingRow[]> {
  const ids = [...partnerIds];
  // A row that is not there cannot be locked.
  await sql`
    insert into tax_partners (tenant_id, partner_id)
    select ${tx.ctx.tenantId}, id from unnest(${ids}::uuid[]) as asked (id) order by id
        on conflict do nothing`.execute(tx);
  return selectStandings(tx)
    .where("partner_id", "=", sql<string>`any (${ids}::uuid[])`)
    .orderBy("partner_id")
    .forUpdate()
    .execute();
}

/** The caller has locked them. */
export async function changeStandings(
  tx: Tx,
  partnerIds: readonly string[],
  change: Partial<Omit<StandingRow, "partner_id">>,
): Promise<void> {
  await tx
    .updateTable("tax_partners")
    .set(change)
    .where("tenant_id", "=", tx.ctx.tenantId)
    .where("partner_id", "=", sql<string>`any (${[...partnerIds]}::uuid[])`)
    .execute();
}

/** What decides about a partner's payouts. */
export type PayeeRow = {
  readonly partner_id: string;
  readonly kind: FormKind | null;
  readonly valid_until: CalendarDate | null;
  readonly is_subject_to_withholding: boolean | null;
  readonly withholding_since: Date | null;
};

/** The same of partners of whom anything is known. */
export async function findPayees(tx: ReadTx, partnerIds: readonly string[]): Promise<Map<string, PayeeRow>> {
  const { rows } = await sql<PayeeRow>`
    select s.partner_id, f.kind, f.valid_until, f.is_subject_to_withholding, s.withholding_since
      from tax_partners s
      left join tax_forms f on (f.tenant_id, f.id) = (s.tenant_id, s.form_id)
     where s.tenant_id = ${tx.ctx.tenantId} and s.partner_id = any (${[...partnerIds]}::uuid[])`.execute(tx);
  return new Map(rows.map((row) => [row.partner_id, row]));
}

export type EndingRow = {
  readonly partner_id: string;
  readonly form_id: string;
  readonly kind: FormKind;
  readonly valid_until: CalendarDate;
};

/**
 * Takes partners whose form in force ends by a day and who have not been told (`told` says of what), by their ids, and notes that they are
 * told. Passes over those that another has.
 */
export async function takeEnding(
  tx: Tx,
  {
    told,
    until,
    limit,
  }: { readonly told: "told_expiring" | "told_expired"; readonly until: CalendarDate; readonly limit: number },
): Promise<EndingRow[]> {
  // Whoever is told that it has passed is not told afterwards that it comes.
  const { rows } = await sql<EndingRow>`
    update tax_partners s
       set told_expiring = e.valid_until, told_expired = ${told === "told_expired" ? sql`e.valid_until` : sql`s.told_expired`}
      from (select t.partner_id, f.id as form_id, f.kind, f.valid_until
              from tax_partners t
              join tax_forms f on (f.tenant_id, f.id) = (t.tenant_id, t.form_id)
             where t.tenant_id = ${tx.ctx.tenantId}
               and f.valid_until <= ${until}
               and t.${sql.ref(told)} is distinct from f.valid_until
             order by t.partner_id
             limit ${limit}
               for update of t skip locked) e
     where s.tenant_id = ${tx.ctx.tenantId} and s.partner_id = e.partner_id
    returning e.partner_id, e.form_id, e.kind, e.valid_until`.execute(tx);
  return rows;
}
