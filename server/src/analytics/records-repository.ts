import { type RawBuilder, type SqlBool, sql } from "kysely";
import { isId } from "../kernel/id.ts";
import { likeOf, type ReadTx } from "../platform/database/index.ts";

/** What a search finds. */
export const RECORD_KINDS = [
  "partner",
  "referral",
  "transaction",
  "commission",
  "dispute",
  "payout",
  "invoice",
  "ticket",
  "link",
] as const;
export type RecordKind = (typeof RECORD_KINDS)[number];

export type FoundRecord = {
  readonly kind: RecordKind;
  readonly id: string;
  /** Null for a sale to a customer that nobody brought. */
  readonly partnerId: string | null;
  /** What it is called; null for what has no name. */
  readonly title: string | null;
  readonly status: string | null;
  readonly amount: bigint | null;
  readonly currency: string | null;
};

type Asked = { readonly text: string; readonly partnerId: string | undefined; readonly limit: number };
type Source = {
  readonly table: string;
  readonly partnerId: string;
  readonly title: string;
  readonly status: string;
  readonly amount?: readonly [amount: string, currency: string];
  /** Where it is called what was typed; what is found by its id alone has none. */
  readonly named?: (asked: { readonly text: string; readonly like: string }) => RawBuilder<SqlBool>;
};

const emailOf = (column: string, text: string) =>
  sql<SqlBool>`${sql.ref(column)} in (select u.id from users u where u.tenant_id = o.tenant_id and u.email = ${text.toLowerCase()})`;

const SOURCES: Readonly<Record<RecordKind, Source>> = {
  partner: {
    table: "partners",
    partnerId: "o.id",
    title: "coalesce(o.company_name, o.referral_code)",
    status: "o.status",
    named: ({ text, like }) =>
      sql`(o.company_name ilike ${like} or o.referral_code like ${like.toLowerCase()} or o.external_id = ${text}
        or ${emailOf("o.user_id", text)})`,
  },
  referral: {
    table: "referrals",
    partnerId: "o.partner_id",
    title: "o.referral_code",
    status: "o.status",
    named: ({ text }) =>
      sql`o.referred_user_id in (select u.id from users u where u.tenant_id = o.tenant_id and u.external_id = ${text})`,
  },
  transaction: {
    table: "transactions",
    partnerId: "o.partner_id",
    title: "o.external_id",
    status: "null",
    amount: ["o.amount", "o.currency"],
    named: ({ text }) =>
      sql`(o.external_id = ${text}
        or o.user_id in (select u.id from users u where u.tenant_id = o.tenant_id and u.external_id = ${text}))`,
  },
  commission: {
    table: "commissions",
    partnerId: "o.partner_id",
    title: "o.commission_type",
    status: "o.status",
    amount: ["o.amount", "o.currency"],
  },
  dispute: { table: "commission_disputes", partnerId: "o.partner_id", title: "o.reason", status: "o.status" },
  payout: {
    table: "partner_payouts",
    partnerId: "o.partner_id",
    title: "o.payment_method",
    status: "o.status",
    amount: ["o.amount", "o.currency"],
  },
  invoice: {
    table: "partner_invoices",
    partnerId: "o.partner_id",
    title: "o.number::text",
    status: "null",
    amount: ["o.total", "o.currency"],
    named: ({ text }) => sql`o.number::text = ${text}`,
  },
  ticket: {
    table: "support_tickets",
    partnerId: "o.partner_id",
    title: "o.subject",
    status: "o.status",
    named: ({ like }) => sql`o.subject ilike ${like}`,
  },
  link: {
    table: "referral_links",
    partnerId: "o.partner_id",
    title: "coalesce(o.campaign, o.code)",
    status: "o.status",
    named: ({ like }) => sql`(o.code like ${like.toLowerCase()} or o.campaign ilike ${like})`,
  },
};

/** Things of one kind by their id, or by what they are called; the newest first. */
export async function findRecordsOf(
  tx: ReadTx,
  kind: RecordKind,
  { text, partnerId, limit }: Asked,
): Promise<FoundRecord[]> {
  const source = SOURCES[kind];
  const like = likeOf(text);
  const fits = isId(text) ? sql<SqlBool>`o.id = ${text}::uuid` : source.named?.({ text, like });
  if (fits === undefined) return [];
  const own = partnerId === undefined ? sql`true` : sql`${sql.raw(source.partnerId)} = ${partnerId}::uuid`;
  const [amount, currency] = source.amount ?? ["null::bigint", "null"];
  const { rows } = await sql<Omit<FoundRecord, "kind">>`
    select o.id, ${sql.raw(source.partnerId)} as "partnerId", left(${sql.raw(source.title)}, 200) as title,
           ${sql.raw(source.status)} as status, ${sql.raw(amount)} as amount, ${sql.raw(currency)} as currency
      from ${sql.table(source.table)} o
     where o.tenant_id = ${tx.ctx.tenantId} and ${fits} and ${own}
     order by o.id desc
     limit ${limit}`.execute(tx);
  return rows.map((row) => ({ kind, ...row }));
}
