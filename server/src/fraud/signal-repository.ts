import { sql } from "kysely";
import { DAY_MS, HOUR_MS } from "../kernel/clock.ts";
import type { ReadTx, Tx } from "../platform/database/index.ts";
import type { Profile, Shared, SignalKind } from "./fraud-facts.ts";
import { type ProfileRow, profileOf } from "./profile-repository.ts";

export type Signal = { readonly kind: SignalKind; readonly value: Buffer };

/** Of a value that is seen all the time, the latest are looked at. */
const SEEN_MAX = 200;
/** More conversions than any limit of a rule is. */
const COUNTED_MAX = 2_000;
const RING_MAX = 50;

/** What stands around a conversion, or a partner, that the rules compare with. */
export type Surroundings = {
  readonly shared: Readonly<Partial<Record<SignalKind, Shared>>>;
  /** By kind, the other partners that share a value. */
  readonly sharers: ReadonlyMap<SignalKind, readonly string[]>;
  readonly lastHour: number;
  readonly lastDay: number;
  readonly profile: Profile | null;
  readonly ring: number;
};

/**
 * Reads all of it in one statement: for each value where else it was seen, how many the partner has converted lately, and its profile. Only of
 * who shares something, or has done so, the ring is counted. What happened after the instant is left out.
 */
export async function findSurroundings(
  tx: ReadTx,
  of: {
    readonly partnerId: string;
    readonly subjectId: string;
    readonly signals: readonly Signal[];
    readonly at: Date;
  },
): Promise<Surroundings> {
  const { tenantId } = tx.ctx;
  const dayBefore = new Date(of.at.getTime() - DAY_MS);
  const { rows } = await sql<{
    shared:
      | { kind: SignalKind; lastDay: number; conversions: number; isPartners: boolean; partners: string[] }[]
      | null;
    last_hour: number;
    last_day: number;
    profile: ProfileRow | null;
    is_linked: boolean;
  }>`
    with asked as (
      select * from unnest(${of.signals.map(({ kind }) => kind)}::text[], ${of.signals.map(({ value }) => value)}::bytea[]) as a (kind, value)
    ), seen as (
      select a.kind, s.partner_id, s.subject_id, s.at
        from asked a
       cross join lateral (
         select partner_id, subject_id, at
           from fraud_signals f
          where f.tenant_id = ${tenantId} and f.kind = a.kind and f.value = a.value and f.at <= ${of.at}
          order by f.at desc, f.subject_id desc
          limit ${SEEN_MAX}) s
       where s.subject_id <> ${of.subjectId}
    ), lately as (
      select evaluated_at
        from fraud_evaluations
       where tenant_id = ${tenantId} and partner_id = ${of.partnerId} and evaluated_at > ${dayBefore} and evaluated_at <= ${of.at}
         and subject_kind = 'conversion' and subject_id <> ${of.subjectId}
       order by evaluated_at desc
       limit ${COUNTED_MAX}
    )
    select (select json_agg(k) from (
              select kind,
                     count(*) filter (where partner_id = ${of.partnerId} and subject_id <> partner_id and at > ${dayBefore}) as "lastDay",
                     count(*) filter (where subject_id <> partner_id) as conversions,
                     coalesce(bool_or(subject_id = ${of.partnerId}), false) as "isPartners",
                     coalesce(array_agg(distinct partner_id) filter (where partner_id <> ${of.partnerId}), '{}') as partners
                from seen
               group by kind) k) as shared,
           (select count(*) from lately where evaluated_at > ${new Date(of.at.getTime() - HOUR_MS)})::integer as last_hour,
           (select count(*) from lately)::integer as last_day,
           (select row_to_json(p) from fraud_partner_profiles p where p.tenant_id = ${tenantId} and p.partner_id = ${of.partnerId}) as profile,
           exists (select from fraud_links l where l.tenant_id = ${tenantId} and l.partner_a = ${of.partnerId})
             or exists (select from fraud_links l where l.tenant_id = ${tenantId} and l.partner_b = ${of.partnerId}) as is_linked`.execute(
    tx,
  );
  const [row] = rows;
  const shared = row?.shared ?? [];
  const others = new Set(shared.flatMap(({ partners }) => partners));
  const isAlone = row?.is_linked !== true && others.size === 0;
  return {
    shared: Object.fromEntries(
      shared.map(({ kind, partners, ...of }) => [kind, { ...of, partners: partners.length }]),
    ) as Surroundings["shared"],
    sharers: new Map(shared.map(({ kind, partners }) => [kind, partners])),
    lastHour: row?.last_hour ?? 0,
    lastDay: row?.last_day ?? 0,
    profile: row?.profile ? profileOf(row.profile) : null,
    ring: isAlone ? 1 : ((await countRings(tx, [[of.partnerId, ...others]]))[0] ?? 1),
  };
}

/** What of a partner itself stands around its payouts. */
export type PartnerSurroundings = Pick<Surroundings, "profile" | "ring">;

/** The same of partners, whatever they have converted: their profiles, and how many hang together with each. By partner. */
export async function findPartnerSurroundings(
  tx: ReadTx,
  partnerIds: readonly string[],
): Promise<ReadonlyMap<string, PartnerSurroundings>> {
  const { tenantId } = tx.ctx;
  const { rows } = await sql<{ id: string; profile: ProfileRow | null; is_linked: boolean }>`
    select asked.id, row_to_json(p) as profile,
           exists (select from fraud_links l where l.tenant_id = ${tenantId} and l.partner_a = asked.id)
             or exists (select from fraud_links l where l.tenant_id = ${tenantId} and l.partner_b = asked.id) as is_linked
      from unnest(${[...partnerIds]}::uuid[]) as asked (id)
      left join fraud_partner_profiles p on (p.tenant_id, p.partner_id) = (${tenantId}::uuid, asked.id)`.execute(tx);
  const linked = rows.filter(({ is_linked }) => is_linked).map(({ id }) => id);
  const counts = await countRings(
    tx,
    linked.map((id) => [id]),
  );
  const rings = new Map(linked.map((id, place) => [id, counts[place] ?? 1]));
  return new Map(
    rows.map(({ id, profile }) => [id, { profile: profile && profileOf(profile), ring: rings.get(id) ?? 1 }]),
  );
}

/** How many partners hang together with those of each set, them included, in the order given; no more than are counted. */
async function countRings(tx: ReadTx, sets: readonly (readonly string[])[]): Promise<readonly number[]> {
  if (sets.length === 0) return [];
  const members = sets.flatMap((partnerIds, place) => partnerIds.map((partnerId) => ({ place, partnerId })));
  const { rows } = await sql<{ place: number; partners: number }>`
    select s.place, members.partners
      from (select place, array_agg(partner_id) as partner_ids
              from unnest(
                     ${members.map(({ place }) => place)}::integer[],
                     ${members.map(({ partnerId }) => partnerId)}::uuid[]
                   ) as m (place, partner_id)
             group by place) s
     cross join lateral (
        with recursive ring (partner_id) as (
          select * from unnest(s.partner_ids)
           union
          select link.partner_id
            from ring r
           cross join lateral (
             select partner_b as partner_id from fraud_links where tenant_id = ${tx.ctx.tenantId} and partner_a = r.partner_id
              union all
             select partner_a from fraud_links where tenant_id = ${tx.ctx.tenantId} and partner_b = r.partner_id) link
        )
        select count(*)::integer as partners from (select partner_id from ring limit ${RING_MAX}) counted) members`.execute(
    tx,
  );
  const counts = new Map(rows.map((row) => [row.place, row.partners]));
  return sets.map((_, place) => counts.get(place) ?? 1);
}

/** A signal as it is kept, of a conversion or of a partner itself. */
export const signalRow = (
  tx: ReadTx,
  of: { readonly partnerId: string; readonly subjectId: string; readonly at: Date },
  { kind, value }: Signal,
) => ({ tenant_id: tx.ctx.tenantId, kind, value, at: of.at, subject_id: of.subjectId, partner_id: of.partnerId });

/** Keeps what a subject is recognised by. */
export async function insertSignals(
  tx: Tx,
  of: {
    readonly partnerId: string;
    readonly subjectId: string;
    readonly at: Date;
    readonly signals: readonly Signal[];
  },
): Promise<void> {
  if (of.signals.length === 0) return;
  await tx
    .insertInto("fraud_signals")
    .values(of.signals.map((signal) => signalRow(tx, of, signal)))
    .onConflict((conflict) => conflict.doNothing())
    .execute();
}

/** Keeps which partners a subject ties together. Pairs are written in one order: nobody waits in a circle. */
export async function insertLinks(
  tx: Tx,
  of: {
    readonly partnerId: string;
    readonly at: Date;
    readonly sharers: ReadonlyMap<SignalKind, readonly string[]>;
  },
): Promise<void> {
  const pairs = [...of.sharers].flatMap(([kind, partners]) =>
    partners.map((other) => ({
      kind,
      a: other < of.partnerId ? other : of.partnerId,
      b: other < of.partnerId ? of.partnerId : other,
    })),
  );
  if (pairs.length === 0) return;
  await sql`
    insert into fraud_links (tenant_id, partner_a, partner_b, kind, first_at)
    select ${tx.ctx.tenantId}, l.a, l.b, l.kind, ${of.at}
      from unnest(${pairs.map(({ a }) => a)}::uuid[], ${pairs.map(({ b }) => b)}::uuid[], ${pairs.map(({ kind }) => kind)}::text[]) as l (a, b, kind)
     order by l.a, l.b, l.kind
        on conflict do nothing`.execute(tx);
}

/** Partners of those given whose payout account has not been noted. */
export async function findUnnoted(tx: ReadTx, partnerIds: readonly string[]): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    select p.id
      from unnest(${[...partnerIds]}::uuid[]) as p (id)
     where not exists (select from fraud_signals s where s.tenant_id = ${tx.ctx.tenantId} and s.subject_id = p.id)`.execute(
    tx,
  );
  return rows.map(({ id }) => id);
}

/** Something else at which a value of a subject was seen. */
export type Related = {
  readonly kind: SignalKind;
  readonly subjectId: string;
  readonly partnerId: string;
  readonly at: Date;
};

/** The latest of them, for the reviewer. */
export async function findRelated(tx: ReadTx, subjectId: string, limit: number): Promise<Related[]> {
  const { tenantId } = tx.ctx;
  const { rows } = await sql<Related>`
    select distinct on (other.at, other.subject_id, other.kind)
           other.kind, other.subject_id as "subjectId", other.partner_id as "partnerId", other.at
      from fraud_signals own
      join fraud_signals other
        on other.tenant_id = ${tenantId} and other.kind = own.kind and other.value = own.value and other.subject_id <> own.subject_id
     where own.tenant_id = ${tenantId}
       and own.subject_id = ${subjectId}
     order by other.at desc, other.subject_id, other.kind
     limit ${limit}`.execute(tx);
  return rows;
}

/** Forgets what was seen before an instant, a part at a time; a partner's own account is kept. Returns how many rows went. */
export async function forgetSignals(tx: Tx, before: Date, limit: number): Promise<bigint> {
  const { tenantId } = tx.ctx;
  const { numAffectedRows } = await sql`
    delete from fraud_signals
     where ctid = any (array(
             select ctid from fraud_signals
              where tenant_id = ${tenantId} and at < ${before} and subject_id <> partner_id
              limit ${limit}))`.execute(tx);
  return numAffectedRows ?? 0n;
}
