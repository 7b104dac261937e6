import { sql } from "kysely";
import { createAudit } from "../../src/audit/index.ts";
import {
  findCustomers,
  findCustomersByExternalIds,
  findUsersOfVisitors,
  lockCustomers,
  upsertCustomers,
} from "../../src/identity/index.ts";
import { movableClock } from "../../src/kernel/clock.ts";
import { newId } from "../../src/kernel/id.ts";
import { findPartners, getPartner, type RecordedPartnerEvent, recordEvents } from "../../src/partners/index.ts";
import { lockSequences } from "../../src/partners/sequence-repository.ts";
import { type Actor, type Ctx, systemContext } from "../../src/platform/context.ts";
import { createFingerprint } from "../../src/platform/crypto/index.ts";
import { openDatabase, type ReadTx } from "../../src/platform/database/index.ts";
import { createOutbox, type DomainEvent } from "../../src/platform/outbox/index.ts";
import { OPERATOR_SCOPES, PARTNER_SCOPES, type Scope } from "../../src/platform/scopes.ts";
import { createReferralService, type ReferralService, type ReferralServiceDeps } from "../../src/referrals/index.ts";
import { asOwner, cloneDatabase } from "./postgres.ts";
import { seedTenant } from "./seed.ts";

export const NOW = new Date("2026-03-01T12:00:00Z");
export const HOST = "shop.example";
export const BROWSER = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0";

export type SeededPartner = {
  readonly tenantId: string;
  readonly id: string;
  readonly userId: string;
  readonly code: string;
  readonly email: string;
  readonly termsId: string;
};

/** Referrals over a real database with the modules below them, two tenants, and a clock that the test moves. */
export async function referralWorld(changes: Partial<ReferralServiceDeps> = {}) {
  const database = await cloneDatabase();
  const db = openDatabase({ url: database.serverUrl, poolMax: 12 });
  const clock = movableClock(NOW);
  const tenants = [await seedTenant(database, { at: NOW }), await seedTenant(database, { at: NOW, isOperator: false })];
  const [tenantId = "", otherTenantId = ""] = tenants;
  for (const tenant of tenants) await seedProgram(tenant);

  const told: DomainEvent[] = [];
  const recorded: RecordedPartnerEvent[] = [];
  const outbox = createOutbox(() => ({
    "partner_event.recorded": [
      async (_tx, events) => void recorded.push(...events.map((event) => event.data as RecordedPartnerEvent)),
    ],
    ...Object.fromEntries(
      ["created", "converted", "verified", "qualified", "rejected", "reattributed"].map((name) => [
        `referral.${name}`,
        [async (_tx: unknown, events: readonly DomainEvent[]) => void told.push(...events)],
      ]),
    ),
  }));

  const deps: ReferralServiceDeps = {
    db,
    outbox,
    audit: createAudit(),
    customers: { upsertCustomers, lockCustomers, findCustomers, findCustomersByExternalIds },
    people: { findUsersOfVisitors },
    programs: { getProgram },
    partners: {
      getPartner,
      findPartners,
      lockSequences,
      recordEvents: recordEvents({ outbox }),
      peopleOf: async (tx, partners) => {
        return new Map(
          await Promise.all(
            [...partners].map(async ([id, { userId }]) => [id, [{ userId, ...(await contactOf(tx, id)) }]] as const),
          ),
        );
      },
      contactOf,
      currentTerms,
    },
    fingerprint: createFingerprint(Buffer.alloc(32)),
    // What commissions say of a customer that has brought nothing.
    commissions: {
      prepareHandover: async () => ({
        convertedAt: NOW.toISOString(),
        isVerificationOpen: false,
        isHeld: false,
        isSettled: false,
        isSignupTaken: false,
        history: [],
        moved: [],
      }),
    },
    publicUrl: "https://go.example",
    ...changes,
  };
  let referrals = createReferralService(deps);
  const world = {
    database,
    db,
    clock,
    deps,
    told,
    recorded,
    tenantId,
    otherTenantId,
    get referrals() {
      return referrals;
    },
    ctx: contextOf,
    /** Somebody with a key: the operator with some scopes, or a partner. */
    as: (
      partner: SeededPartner | null,
      scopes: readonly Scope[] = partner ? PARTNER_SCOPES : OPERATOR_SCOPES,
    ): Ctx => ({
      ...systemContext({ tenantId: partner?.tenantId ?? tenantId, job: "test", now: clock.now() }),
      actor: { type: "key", keyId: newId(), partnerId: partner?.id ?? null, scopes: new Set(scopes) } satisfies Actor,
    }),
    /** What was cached is forgotten, as by another server. */
    restart: () => {
      referrals = createReferralService(deps);
    },
    owner: <Row extends object>(text: string, values: unknown[] = []) => asOwner<Row>(database, text, values),
    partner: (options: PartnerOptions = {}) => seedPartner(options),
    /** A click as the redirect records it. Returns its id. */
    click: async (
      partner: SeededPartner,
      options: {
        at?: Date;
        visitorId?: string;
        deviceId?: string;
        code?: string;
        referrals?: ReferralService;
      } = {},
    ): Promise<string> => {
      const id = await (options.referrals ?? referrals).trackReferralClick(
        { ...contextOf(partner.tenantId), now: options.at ?? clock.now(), ip: "192.0.2.77" },
        {
          code: options.code ?? partner.code,
          visitorId: options.visitorId ?? newId(),
          isReturning: options.visitorId !== undefined,
          deviceId: options.deviceId ?? null,
          userAgent: BROWSER,
          referrer: undefined,
        },
      );
      if (id === null) throw new Error("the click was not recorded");
      return id;
    },
    /** The partner's person signs in, in the browser of a visitor. */
    signIn: (partner: SeededPartner, visitorId: string) =>
      asOwner(
        database,
        `insert into sessions (tenant_id, id, user_id, visitor_id, created_at, last_used_at, proven_at, expires_at)
         select tenant_id, $3, user_id, $4, $5, $5, $5, $5 from partners where (tenant_id, id) = ($1, $2)`,
        [partner.tenantId, partner.id, newId(), visitorId, NOW],
      ),
    audited: (targetId: string) =>
      asOwner<{ action: string; reason: string | null }>(
        database,
        "select action, reason from audit_log where target_id = $1 order by position",
        [targetId],
      ),
    close: async () => {
      await referrals[Symbol.asyncDispose]();
      await db[Symbol.asyncDispose]();
      await database.drop();
    },
  };
  return world;

  function contextOf(tenant = tenantId): Ctx {
    return systemContext({ tenantId: tenant, job: "test", now: clock.now() });
  }

  type PartnerOptions = {
    tenantId?: string;
    status?: "pending" | "active" | "suspended" | "terminated" | "rejected";
    email?: string;
    windowDays?: number;
    terminatedAt?: Date;
  };

  async function seedProgram(tenant: string): Promise<void> {
    await asOwner(
      database,
      `with program as (
         insert into programs (tenant_id, id, name, currency, destination_hosts, default_destination, created_at, updated_at)
         values ($1, $2, 'Test', 'USD', array[$3], 'https://' || $3 || '/', $4, $4)
         returning tenant_id, id
       )
       insert into commission_plans (tenant_id, id, program_id, version, currency, time_zone, status, tiers, created_at, published_at)
       select tenant_id, id, id, 1, 'USD', 'UTC', 'published', '{}', $4, $4 from program`,
      [tenant, newId(), HOST, NOW],
    );
  }

  async function seedPartner(options: PartnerOptions): Promise<SeededPartner> {
    const [id, userId, termsId] = [newId(), newId(), newId()];
    const tenant = options.tenantId ?? tenantId;
    const email = options.email ?? `${userId}@partners.example`;
    const code = `p-${id}`;
    await asOwner(
      database,
      `with person as (
         insert into users (tenant_id, id, role, email, created_at, updated_at) values ($1, $2, 'partner', $3, $4, $4)
       ), partner as (
         insert into partners (tenant_id, id, program_id, user_id, partner_type, tier, referral_code, status, joined_at, terminated_at, created_at, updated_at)
         values ($1, $5, (select id from programs where tenant_id = $1), $2, 'affiliate', 'tier1', $6, $7, $4, $8, $4, $4)
       ), sequence as (
         insert into partner_sequences (tenant_id, partner_id) values ($1, $5)
       )
       insert into partner_terms (tenant_id, id, partner_id, number, plan_id, tier, overrides, created_at)
       values ($1, $9, $5, 0, (select id from commission_plans where tenant_id = $1), 'tier1', jsonb_build_object('window', $10::int), $4)`,
      [
        tenant,
        userId,
        email,
        NOW,
        id,
        code,
        options.status ?? "active",
        options.terminatedAt ?? null,
        termsId,
        options.windowDays ?? 30,
      ],
    );
    const ctx = systemContext({ tenantId: tenant, job: "test", now: NOW });
    await db.transaction(ctx, (tx) => referrals.createDefaultLinks(tx, [{ type: "partner.created", objectId: id }]));
    return { tenantId: tenant, id, userId, code, email, termsId };
  }
}

export type ReferralWorld = Awaited<ReturnType<typeof referralWorld>>;

async function getProgram(tx: ReadTx) {
  const row = await tx
    .selectFrom("programs")
    .selectAll()
    .where("tenant_id", "=", tx.ctx.tenantId)
    .executeTakeFirstOrThrow();
  return {
    destinationHosts: row.destination_hosts,
    defaultDestination: row.default_destination,
    attributionModel: row.attribution_model === "first" ? ("first" as const) : ("last" as const),
    requiresVerifiedEmail: row.requires_verified_email,
  };
}

async function contactOf(tx: ReadTx, partnerId: string) {
  const { rows } = await sql<{ email: string }>`
    select u.email from partners p join users u on (u.tenant_id, u.id) = (p.tenant_id, p.user_id)
     where p.tenant_id = ${tx.ctx.tenantId} and p.id = ${partnerId}`.execute(tx);
  return { email: rows[0]?.email ?? "" };
}

/** Terms with a window of their own, straight from the table. */
async function currentTerms(tx: ReadTx, partnerIds: readonly string[], at: Date) {
  const { rows } = await sql<{ id: string; partner_id: string; days: number }>`
    select distinct on (partner_id) id, partner_id, (overrides ->> 'window')::int as days
      from partner_terms
     where tenant_id = ${tx.ctx.tenantId} and partner_id = any (${[...partnerIds]}::uuid[])
       and (effective_from is null or effective_from <= ${at})
     order by partner_id, number desc`.execute(tx);
  return new Map(rows.map((row) => [row.partner_id, { id: row.id, attributionWindowDays: row.days }]));
}
