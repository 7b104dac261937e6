import { createAudit } from "../../src/audit/index.ts";
import { createIdentityService, normalEmail } from "../../src/identity/index.ts";
import { type MovableClock, movableClock } from "../../src/kernel/clock.ts";
import { newId } from "../../src/kernel/id.ts";
import {
  type ApprovalGate,
  createPartnerService,
  type PartnerService,
  partnerJobs,
  type RecordedPartnerEvent,
} from "../../src/partners/index.ts";
import { type Ctx, systemContext } from "../../src/platform/context.ts";
import { generateSecrets } from "../../src/platform/crypto/index.ts";
import { type Database, openDatabase } from "../../src/platform/database/index.ts";
import type { FlagKey } from "../../src/platform/flags/index.ts";
import { runDueJobs } from "../../src/platform/jobs/index.ts";
import type { Mail } from "../../src/platform/mail/index.ts";
import { createOutbox } from "../../src/platform/outbox/index.ts";
import { createRateLimits } from "../../src/platform/rate-limit/index.ts";
import { PARTNER_SCOPES, type Scope } from "../../src/platform/scopes.ts";
import { createProgramService, type ProgramService } from "../../src/programs/index.ts";
import { asOwner, type ClonedDatabase } from "./postgres.ts";
import { seedTenant } from "./seed.ts";

export const BENCH_START = new Date("2026-03-01T12:00:00Z");
export const PASSWORD = "ein Hund im Regen";

export type PartnerBench = AsyncDisposable & {
  readonly database: ClonedDatabase;
  readonly db: Database;
  readonly clock: MovableClock;
  readonly programs: ProgramService;
  readonly partners: PartnerService;
  readonly tenantId: string;
  /** What listeners were told inside transactions that committed or not. */
  readonly recorded: RecordedPartnerEvent[];
  readonly mails: Mail[];
  /** Changed by tests: what stands for modules above, and for flags. */
  readonly outside: {
    readonly flags: Set<FlagKey>;
    readonly takenCodes: Set<string>;
    qualified: number;
    hasEntries: boolean;
    gates: ApprovalGate[];
    newCode: (() => string) | undefined;
  };
  /** The program itself, at the clock's time. */
  ctx(tenantId?: string): Ctx;
  /** A key of the operator with these scopes. */
  operator(...scopes: Scope[]): Ctx;
  /** A key of a partner. */
  as(partnerId: string, scopes?: readonly Scope[]): Ctx;
  anonymous(): Ctx;
  /** Registers somebody, and follows the link in the mail unless told otherwise. Returns the partner's id. */
  register(fields?: {
    email?: string;
    name?: string;
    partnerType?: "affiliate" | "reseller" | "whitelabel" | "technology";
    referralCode?: string;
    isVerified?: boolean;
  }): Promise<string>;
  verify(partnerId: string): Promise<void>;
  /** A partner of another tenant, which has its own programme. */
  neighbour(): Promise<string>;
  runJobs(): Promise<void>;
  acts(targetId: string): Promise<string[]>;
  news(objectId: string): Promise<string[]>;
};

/** Programmes and partners with everything below them real. */
export async function openPartners(database: ClonedDatabase): Promise<PartnerBench> {
  const clock = movableClock(BENCH_START);
  const db = openDatabase({ url: database.serverUrl, poolMax: 12 });
  const recorded: RecordedPartnerEvent[] = [];
  const mails: Mail[] = [];
  const outside: PartnerBench["outside"] = {
    flags: new Set(["partner-program"]),
    takenCodes: new Set(),
    qualified: 0,
    hasEntries: false,
    gates: [],
    newCode: undefined,
  };
  const audit = createAudit();
  const outbox = createOutbox(() => ({
    "user.email_verified": [partners.approveVerified],
    "plan.published": [partners.followPlan],
    "partner_event.recorded": [
      async (_tx, events) => void recorded.push(...events.map((event) => event.data as RecordedPartnerEvent)),
    ],
  }));
  const mailer = { send: async (mail: Mail) => void mails.push(mail) };
  const publicUrl = "http://operator.test";
  const onError = (error: unknown) => {
    throw error;
  };
  const identity = await createIdentityService({
    db,
    audit,
    outbox,
    mailer,
    limits: createRateLimits({ db }),
    secrets: generateSecrets(),
    publicUrl,
    onError,
  });
  const programs = createProgramService({
    db,
    audit,
    outbox,
    ledger: { hasEntries: async () => outside.hasEntries },
    gates: [],
  });
  const code = randomCode();
  const partners = createPartnerService({
    db,
    audit,
    outbox,
    mailer,
    programs,
    people: identity,
    flags: { isEnabled: async (_ctx, key) => outside.flags.has(key) },
    referrals: {
      findTakenCodes: async (_tx, codes) => new Set(codes.filter((each) => outside.takenCodes.has(each))),
      countQualified: async () => outside.qualified,
    },
    gates: [
      async (tx, candidate) => {
        for (const gate of outside.gates) {
          const answer = await gate(tx, candidate);
          if (!answer.allowed) return answer;
        }
        return { allowed: true };
      },
    ],
    room: async () => null,
    findEndpointsMadeBy: async () => [],
    hasFees: async () => false,
    keys: identity,
    publicUrl,
    newCode: () => outside.newCode?.() ?? code(),
  });

  const ctx = (tenantId: string): Ctx => systemContext({ tenantId, job: "test", now: clock.now() });
  const openTenant = async (isOperator: boolean): Promise<string> => {
    const id = await seedTenant(database, { at: BENCH_START, isOperator });
    await db.transaction(ctx(id), (tx) => programs.createProgram(tx, { name: "Test", currency: "USD" }));
    return id;
  };
  const tenantId = await openTenant(true);
  const verify = async (inTenant: string, partnerId: string): Promise<void> => {
    const [row] = await asOwner<{ user_id: string }>(database, "select user_id from partners where id = $1", [
      partnerId,
    ]);
    await asOwner(database, "update users set email_verified_at = $2 where id = $1", [row?.user_id, clock.now()]);
    await db.transaction(ctx(inTenant), (tx) =>
      outbox.publish(tx, [
        {
          type: "user.email_verified",
          objectType: "user",
          objectId: row?.user_id ?? "",
          data: { userId: row?.user_id },
        },
      ]),
    );
  };
  const register = async (inTenant: string, fields: Parameters<PartnerBench["register"]>[0] = {}): Promise<string> => {
    const { email = `${newId()}@people.test`, isVerified = true, ...rest } = fields;
    await partners.registerPartner(
      { ...ctx(inTenant), actor: { type: "anonymous" } },
      { email, password: PASSWORD, name: "Ada", ...rest },
    );
    const [row] = await asOwner<{ id: string }>(
      database,
      "select p.id from partners p join users u on (u.tenant_id, u.id) = (p.tenant_id, p.user_id) where u.tenant_id = $1 and u.email = $2",
      [inTenant, normalEmail(email)],
    );
    const id = row?.id ?? "";
    if (isVerified) await verify(inTenant, id);
    return id;
  };
  const key = (partnerId: string | null, scopes: readonly Scope[]): Ctx => ({
    ...ctx(tenantId),
    actor: { type: "key", keyId: newId(), partnerId, scopes: new Set(scopes) },
  });

  return {
    database,
    db,
    clock,
    programs,
    partners,
    tenantId,
    recorded,
    mails,
    outside,
    ctx: (other = tenantId) => ctx(other),
    operator: (...scopes) => key(null, scopes),
    as: (partnerId, scopes = PARTNER_SCOPES) => key(partnerId, scopes),
    anonymous: () => ({ ...ctx(tenantId), actor: { type: "anonymous" } }),
    register: (fields) => register(tenantId, fields),
    verify: (partnerId) => verify(tenantId, partnerId),
    neighbour: async () => register(await openTenant(false)),
    runJobs: () => runDueJobs({ db, clock, jobs: partnerJobs(partners), onError }),
    acts: async (targetId) =>
      (
        await asOwner<{ action: string }>(
          database,
          "select action from audit_log where target_id = $1 order by position",
          [targetId],
        )
      ).map((row) => row.action),
    news: async (objectId) =>
      (
        await asOwner<{ type: string }>(
          database,
          "select type from outbox_events where object_id = $1 order by position",
          [objectId],
        )
      ).map((row) => row.type),
    [Symbol.asyncDispose]: async () => {
      await identity[Symbol.asyncDispose]();
      await db[Symbol.asyncDispose]();
      await database.drop();
    },
  };
}

const randomCode = () => () => newId().replaceAll("-", "").slice(12);
