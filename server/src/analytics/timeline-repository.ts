import { type RawBuilder, sql } from "kysely";
import { type Page, type PageRequest, type ReadTx, selectPage } from "../platform/database/index.ts";

/** What a partner's timeline is made of. */
export const TIMELINE_KINDS = ["act", "note", "payout", "reversal", "dispute", "ticket", "invoice"] as const;
export type TimelineKind = (typeof TIMELINE_KINDS)[number];

/** Something that happened to or with a partner. */
export type TimelineEntry = {
  readonly id: string;
  readonly kind: TimelineKind;
  /** What happened: the act's name in the trail, or the state that something came to. */
  readonly what: string;
  readonly at: Date;
  /** What it happened to, where that has a page of its own. */
  readonly objectId: string | null;
  readonly actorType: string | null;
  readonly actorName: string | null;
  readonly text: string | null;
  readonly amount: bigint | null;
  readonly currency: string | null;
};

/** A second event of a thing has an id of its own: one row may have begun and ended. */
const ended = (id: string): string => `md5(${id}::text || ' ended')::uuid`;

const COLUMNS = (values: {
  readonly id: string;
  readonly kind: TimelineKind;
  readonly what: string;
  readonly at: string;
  readonly object?: string;
  readonly actorType?: string;
  readonly actorId?: string;
  readonly text?: string;
  readonly amount?: string;
  readonly currency?: string;
}): RawBuilder<unknown> =>
  sql.raw(
    [
      `${values.id} as id`,
      `'${values.kind}'::text as kind`,
      `${values.what}::text as what`,
      `${values.at} as at`,
      `${values.object ?? "null"}::uuid as object_id`,
      `${values.actorType ?? "null"}::text as actor_type`,
      `(select coalesce(u.name, u.email) from users u where u.tenant_id = o.tenant_id and u.id::text = ${values.actorId ?? "null"}::text) as actor_name`,
      `${values.text ?? "null"}::text as text`,
      `${values.amount ?? "null"}::bigint as amount`,
      `${values.currency ?? "null"}::text as currency`,
    ].join(", "),
  );

type Part = { readonly columns: RawBuilder<unknown>; readonly from: string; readonly where: string };

const PARTS: Readonly<Record<TimelineKind, readonly Part[]>> = {
  act: [
    {
      columns: COLUMNS({
        id: "o.id",
        kind: "act",
        what: "o.action",
        at: "o.occurred_at",
        actorType: "o.actor_type",
        actorId: "o.actor_id",
        text: "o.reason",
      }),
      from: "audit_log",
      // Notes stand beside it as what they say.
      where: "o.target_type = 'partner' and o.target_id = $partner and o.action <> 'partner.note_written'",
    },
  ],
  note: [
    {
      columns: COLUMNS({
        id: "o.id",
        kind: "note",
        what: "'written'",
        at: "o.written_at",
        object: "o.id",
        actorType: "'user'",
        actorId: "o.author_id",
        text: "o.body",
      }),
      from: "partner_notes",
      where: "o.partner_id = $partner",
    },
  ],
  payout: [
    {
      columns: COLUMNS({
        id: "o.id",
        kind: "payout",
        what: "'requested'",
        at: "o.requested_at",
        object: "o.id",
        amount: "o.amount",
        currency: "o.currency",
      }),
      from: "partner_payouts",
      where: "o.partner_id = $partner",
    },
    {
      columns: COLUMNS({
        id: ended("o.id"),
        kind: "payout",
        what: "coalesce('bank_file_' || o.bank_file, o.status)",
        at: "o.processed_at",
        object: "o.id",
        text: "o.failure_code",
        amount: "o.amount",
        currency: "o.currency",
      }),
      from: "partner_payouts",
      where: "o.partner_id = $partner and o.processed_at is not null and o.status in ('completed', 'failed')",
    },
  ],
  reversal: [
    {
      columns: COLUMNS({
        id: "o.id",
        kind: "reversal",
        what: "o.commission_type",
        at: "o.calculated_at",
        object: "o.reverses_id",
        amount: "o.amount",
        currency: "o.currency",
      }),
      from: "commissions",
      where: "o.partner_id = $partner and o.reverses_id is not null",
    },
  ],
  dispute: [
    {
      columns: COLUMNS({
        id: "o.id",
        kind: "dispute",
        what: "'opened'",
        at: "o.opened_at",
        object: "o.id",
        text: "o.reason",
      }),
      from: "commission_disputes",
      where: "o.partner_id = $partner",
    },
    {
      columns: COLUMNS({
        id: ended("o.id"),
        kind: "dispute",
        what: "o.status",
        at: "o.resolved_at",
        object: "o.id",
        actorType: "'user'",
        actorId: "o.resolved_by",
        text: "o.resolution",
      }),
      from: "commission_disputes",
      where: "o.partner_id = $partner and o.resolved_at is not null",
    },
  ],
  ticket: [
    {
      columns: COLUMNS({
        id: "o.id",
        kind: "ticket",
        what: "'opened'",
        at: "o.opened_at",
        object: "o.id",
        text: "o.subject",
      }),
      from: "support_tickets",
      where: "o.partner_id = $partner",
    },
  ],
  invoice: [
    {
      columns: COLUMNS({
        id: "o.id",
        kind: "invoice",
        what: "'issued'",
        at: "o.issued_at",
        object: "o.id",
        text: "o.number",
        amount: "o.total",
        currency: "o.currency",
      }),
      from: "partner_invoices",
      where: "o.partner_id = $partner",
    },
  ],
};

type Row = {
  id: string;
  kind: TimelineKind;
  what: string;
  at: Date;
  object_id: string | null;
  actor_type: string | null;
  actor_name: string | null;
  text: string | null;
  amount: bigint | null;
  currency: string | null;
};

/** What happened to or with a partner, of some kinds, newest first. */
export async function selectTimeline(
  tx: ReadTx,
  { partnerId, kinds }: { readonly partnerId: string; readonly kinds: readonly TimelineKind[] },
  page: PageRequest,
): Promise<Page<TimelineEntry>> {
  if (kinds.length === 0) return { data: [], nextCursor: null };
  const parts = kinds
    .flatMap((kind) => PARTS[kind])
    .map(({ columns, from, where }) => {
      const [before = "", ...after] = where.split("$partner");
      const fits = after.reduce((all, part) => sql`${all}${partnerId}::uuid${sql.raw(part)}`, sql`${sql.raw(before)}`);
      return sql`select ${columns} from ${sql.table(from)} o where o.tenant_id = ${tx.ctx.tenantId} and ${fits}`;
    });
  const entries = tx.selectFrom(sql<Row>`(${sql.join(parts, sql` union all `)})`.as("entry")).selectAll();
  // A union is no table that the types know; its columns are those of `Row`.
  const { data, nextCursor } = await selectPage(entries as never, page, {
    sorts: { at: { column: "at", type: "timestamptz" } },
    defaultSort: "-at",
    idColumn: "id",
  });
  return {
    nextCursor,
    data: (data as unknown as Row[]).map(({ object_id, actor_type, actor_name, ...entry }) => ({
      ...entry,
      objectId: object_id,
      actorType: actor_type,
      actorName: actor_name,
    })),
  };
}
