import { type Audit, createAudit } from "../../src/audit/index.ts";
import {
  createIdentityService,
  createRequestGuards,
  hashPassword,
  type IdentityService,
  identityJobs,
  identityRoutes,
  type User,
  type UserRole,
} from "../../src/identity/index.ts";
import { type Clock, type MovableClock, movableClock } from "../../src/kernel/clock.ts";
import { newId } from "../../src/kernel/id.ts";
import { type Ctx, systemContext } from "../../src/platform/context.ts";
import { generateSecrets, type Secrets } from "../../src/platform/crypto/index.ts";
import { type Database, openDatabase } from "../../src/platform/database/index.ts";
import { type App, createHttpServer, type Routes } from "../../src/platform/http/index.ts";
import { runDueJobs } from "../../src/platform/jobs/index.ts";
import type { Mail } from "../../src/platform/mail/index.ts";
import { createOutbox, type DomainEvent } from "../../src/platform/outbox/index.ts";
import { createPages } from "../../src/platform/pages/index.ts";
import { createRateLimits, type Limit, type LimitName } from "../../src/platform/rate-limit/index.ts";
import { createTenantService } from "../../src/tenants/index.ts";
import { asOwner, type ClonedDatabase } from "./postgres.ts";
import { seedTenant } from "./seed.ts";

/** How pages look where no brand is asked. */
const PLAIN_PAGE = { name: "Partners", accent: "#4453d6", radius: 6, logo: null, logoDark: null };
const NOW = new Date("2026-03-01T12:00:00Z");
/** Strong, and every test's own. */
export const PASSWORD = "ein Hund im Regen";

export type Tenancy = { readonly id: string; readonly host: string; readonly ctx: Ctx };

export type IdentityBench = AsyncDisposable & {
  readonly app: App;
  readonly db: Database;
  readonly clock: MovableClock;
  readonly identity: IdentityService;
  readonly secrets: Secrets;
  readonly operator: Tenancy;
  /** Another tenant on the same server. */
  readonly neighbour: Tenancy;
  readonly mails: Mail[];
  readonly events: DomainEvent[];
  /** Runs the jobs that wait: mails are sent. */
  runJobs(): Promise<void>;
  /** Somebody with a password, who has not verified their e-mail. */
  addPerson(role: Exclude<UserRole, "customer">, tenancy?: Tenancy): Promise<User>;
  /** A partner of a tier, whose person has a password and has verified their e-mail. */
  addPartner(tier: string, tenancy?: Tenancy): Promise<{ user: User; partnerId: string }>;
  /** Signs somebody in, and returns what a client keeps. */
  signIn(user: User, tenancy?: Tenancy): Promise<{ accessToken: string; refreshToken: string }>;
};

/** Identity with everything below it real, behind the real HTTP server. */
export async function openIdentity(
  database: ClonedDatabase,
  options: {
    routes?: (parts: {
      db: Database;
      secrets: Secrets;
      clock: Clock;
      audit: Audit;
    }) => readonly Routes[] | Promise<readonly Routes[]>;
    limits?: Partial<Record<LimitName, Limit>>;
    publicUrl?: string;
  } = {},
): Promise<IdentityBench> {
  const clock = movableClock(NOW);
  const db = openDatabase({ url: database.serverUrl });
  const mails: Mail[] = [];
  const events: DomainEvent[] = [];
  const secrets = generateSecrets();
  const audit = createAudit();
  const publicUrl = options.publicUrl ?? "http://operator.test";
  const limits = createRateLimits({ db, ...(options.limits && { limits: options.limits }) });
  const outbox = createOutbox(() => ({
    "user.email_verified": [async (_tx, batch) => void events.push(...batch)],
  }));
  const identity = await createIdentityService({
    db,
    audit,
    outbox,
    mailer: { send: async (mail) => void mails.push(mail) },
    limits,
    secrets,
    publicUrl,
    onError: (error) => {
      throw error;
    },
  });
  const tenants = createTenantService({ db });
  const app = await createHttpServer({
    ...createRequestGuards({ tenants, identity, limits, clock }),
    logger: false,
    routes: [
      ...identityRoutes(identity, { publicUrl, sendPage: createPages(async () => PLAIN_PAGE) }),
      ...((await options.routes?.({ db, secrets, clock, audit })) ?? []),
    ],
    trustProxy: true,
    publicUrl,
  });

  const tenancyOf = async (isOperator: boolean): Promise<Tenancy> => {
    const id = await seedTenant(database, { at: NOW, isOperator });
    const host = isOperator ? "operator.test" : `${id}.test`;
    return { id, host, ctx: systemContext({ tenantId: id, job: "test", now: NOW }) };
  };
  const operator = await tenancyOf(true);
  const neighbour = await tenancyOf(false);

  const addPerson: IdentityBench["addPerson"] = async (role, { ctx } = operator) => {
    const passwordHash = await hashPassword(PASSWORD);
    const email = `${newId()}@people.test`;
    return db.transaction({ ...ctx, now: clock.now() }, (tx) =>
      identity.createUser(tx, { email, role, passwordHash, name: "Ada" }),
    );
  };

  return {
    app,
    db,
    clock,
    identity,
    secrets,
    operator,
    neighbour,
    mails,
    events,
    runJobs: () =>
      runDueJobs({
        db,
        clock,
        jobs: identityJobs(identity),
        onError: (error) => {
          throw error;
        },
      }),
    addPerson,
    addPartner: async (tier, tenancy = operator) => {
      const user = await addPerson("partner", tenancy);
      const partnerId = newId();
      await asOwner(database, "update users set email_verified_at = $2 where id = $1", [user.id, NOW]);
      await asOwner(
        database,
        `with program as (
           insert into programs (tenant_id, id, name, currency, created_at, updated_at) values ($1, $5, 'Test', 'USD', $6, $6)
           on conflict (tenant_id) do update set name = 'Test' returning id
         )
         insert into partners (tenant_id, id, program_id, user_id, partner_type, tier, referral_code, status, joined_at, created_at, updated_at)
         select $1, $2::uuid, id, $3, 'affiliate', $4, $2::uuid::text, 'active', $6, $6, $6 from program`,
        [tenancy.id, partnerId, user.id, tier, newId(), NOW],
      );
      return { user, partnerId };
    },
    signIn: async (user, tenancy = operator) => {
      const { tokens } = await identity.signIn(
        { ...tenancy.ctx, actor: { type: "anonymous" }, now: clock.now() },
        { email: user.email, password: PASSWORD, userAgent: null },
      );
      return tokens;
    },
    [Symbol.asyncDispose]: async () => {
      await app.close();
      await identity[Symbol.asyncDispose]();
      await db[Symbol.asyncDispose]();
      await database.drop();
    },
  };
}

/** The token in the last mail's link. */
export function linkToken(mails: readonly Mail[]): string {
  const [, token] = /\?token=([\w-]+)/.exec(mails.at(-1)?.text ?? "") ?? [];
  if (token === undefined) throw new Error("no mail with a link was sent");
  return token;
}

export const bearer = (token: string) => ({ authorization: `Bearer ${token}` });
export const basic = ({ apiKey, secret }: { apiKey: string; secret: string }) => ({
  authorization: `Basic ${Buffer.from(`${apiKey}:${secret}`).toString("base64")}`,
});
