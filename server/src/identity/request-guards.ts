import type { FastifyRequest } from "fastify";
import { type Clock, instantOf } from "../kernel/clock.ts";
import { CatalogueError } from "../kernel/errors.ts";
import { invariant } from "../kernel/invariant.ts";
import { type Actor, accessErrors, type Ctx, requireMayWrite, requireScope } from "../platform/context.ts";
import type { Access, Caller, HttpDeps } from "../platform/http/index.ts";
import { languageAsked } from "../platform/language/index.ts";
import {
  type LimitName,
  limitHeadersOf,
  networkOf,
  PARTNER_KEYS_FACTOR,
  type RateLimits,
  requireAllowed,
  type Verdict,
} from "../platform/rate-limit/index.ts";
import { type Tenant, type TenantService, tenantErrors } from "../tenants/index.ts";
import { authenticatePartner, authenticatePartnerAPI, requirePartnerTier } from "./authenticate-partner.ts";
import { authErrors } from "./identity-errors.ts";
import type { IdentityService } from "./identity-service.ts";
import type { CallSite } from "./validate-api-key.ts";

export type GuardDeps = {
  readonly tenants: Pick<TenantService, "tenantForHost" | "knownForHost" | "findTwin">;
  readonly identity: Pick<IdentityService, "authenticateBearer" | "validateAPIKey" | "isTestCredential">;
  readonly limits: RateLimits;
  readonly clock: Clock;
};

export type RequestGuards = Pick<HttpDeps, "identify" | "authorize" | "limit" | "answered"> & {
  /** What `identify` makes of a request for a public route; undefined where the tenant is not known already, or may not be served. */
  readonly identifyAtOnce: (caller: Caller, requestId: string) => Ctx | undefined;
  /** What `limit` does for a route whose limit is `tracking`: counts, and says how the caller stands. */
  readonly countTracking: (ctx: Ctx) => Verdict;
};

/** What every request passes before its route: who is it, how much has it asked for, may it. */
export const createRequestGuards = (deps: GuardDeps, refused = createRefusedLimit(deps)): RequestGuards => ({
  identify: async (request, { host, ip }) => {
    const isServedSuspended = request.routeOptions.config.whileSuspended === true;
    const tenant = await deps.tenants.tenantForHost(host, { isServedSuspended });
    const { access, inTwin = false } = request.routeOptions.config;
    const site = siteOf(deps, tenant, ip);
    const { actor, at } = await recognise(deps, site, request, { isPublic: access?.audience === "public" });
    const place = inTwin ? await twinOf(deps, tenant) : at;
    const language = languageAsked(request.headers["accept-language"]);
    const ctx = { ...site, ...place, actor, requestId: request.id, language };
    if (request.method !== "GET" && request.method !== "HEAD") requireMayWrite(ctx);
    return ctx;
  },

  identifyAtOnce: ({ host, ip }, requestId) => {
    const tenant = deps.tenants.knownForHost(host);
    // What is known at once is served while suspended, too: links.
    if (!tenant?.isActive && !tenant?.isSuspended) return undefined;
    const { tenantId, now } = siteOf(deps, tenant, ip);
    return { tenantId, now, ip, actor: NOBODY, requestId };
  },

  authorize: (ctx, access) => authorize(ctx, access),

  limit: async (request, reply) => {
    const { ctx } = request;
    const { rateLimit } = request.routeOptions.config;
    const verdict =
      rateLimit !== undefined && isInMemory(rateLimit)
        ? deps.limits.consumeInMemory(rateLimit, networkOf(ctx.ip))
        : tightest(
            await Promise.all(
              countersOf(ctx, rateLimit).map(({ name, subject, factor }) => deps.limits.consume(name, subject, factor)),
            ),
          );
    // Visitors are people with a browser: they are told when it is too much, and nothing before.
    if (rateLimit !== "tracking" || !verdict.isAllowed) void reply.headers(limitHeadersOf(verdict));
    requireAllowed(verdict);
    if (rateLimit === "signed") refused.look(request);
  },

  answered: (request, reply) => refused.count(request, reply.statusCode),

  countTracking: (ctx) => countTracking(deps, ctx),
});

/** Counted where the request is: what is asked too often, or answered too fast, for a write. */
const isInMemory = (name: LimitName): boolean => name === "tracking" || name === "issuer" || name === "signed";

/**
 * Refuses whoever had too much refused, before anything of it is read (`look`); what is refused is known when it is answered, and counts whether or not
 * the caller has waited for it (`count`).
 */
function createRefusedLimit({ limits }: Pick<GuardDeps, "limits">) {
  const subjects = new WeakMap<FastifyRequest, string>();
  return {
    look: (request: FastifyRequest): void => {
      const { tenantId, ip } = request.ctx;
      // By tenant: what somebody has a payment provider send to one is nobody else's.
      const subject = `${tenantId} ${networkOf(ip)}`;
      requireAllowed(limits.lookInMemory("signed_refused", subject));
      subjects.set(request, subject);
    },
    count: (request: FastifyRequest, status: number): void => {
      const subject = subjects.get(request);
      if (subject === undefined || status < 400 || status >= 500) return;
      subjects.delete(request);
      limits.consumeInMemory("signed_refused", subject);
    },
  };
}

const NOBODY: Actor = { type: "anonymous" };

const siteOf = ({ clock }: GuardDeps, tenant: Tenant, ip: string | null) => ({
  tenantId: tenant.id,
  now: instantOf(clock, tenant.clockOffsetMs),
  ip,
  host: tenant.host,
});

type Place = Pick<Ctx, "tenantId" | "now">;

/**
 * Who calls, and where they act. A public route asks nobody who they are: an old token in a browser must not keep anyone from signing in. A test key is
 * asked there, too: whatever it is sent with is about the twin.
 */
async function recognise(
  deps: GuardDeps,
  site: CallSite,
  request: FastifyRequest,
  { isPublic }: { readonly isPublic: boolean },
): Promise<{ readonly actor: Actor; readonly at: Place }> {
  const { authorization } = request.headers;
  const credentials = CREDENTIAL.exec(authorization ?? "")?.[2];
  if (isPublic && (credentials === undefined || !deps.identity.isTestCredential(credentials)))
    return { actor: NOBODY, at: site };
  const actor = await authenticate(deps, site, request);
  const at = (actor.type === "key" ? actor.twin : undefined) ?? site;
  return { actor: isPublic ? NOBODY : actor, at };
}

/** The twin of a tenant, for links that lead there. */
async function twinOf({ tenants, clock }: GuardDeps, { id }: Tenant): Promise<Place> {
  const twin = await tenants.findTwin(id);
  if (twin === undefined) throw tenantErrors.no_twin();
  return { tenantId: twin.id, now: instantOf(clock, twin.clockOffsetMs) };
}

const countTracking = ({ limits }: GuardDeps, { ip }: Ctx): Verdict =>
  limits.consumeInMemory("tracking", networkOf(ip));

const CREDENTIAL = /^(bearer|basic) +([\w.~+/=-]+)$/i;

async function authenticate(deps: GuardDeps, site: CallSite, request: FastifyRequest): Promise<Actor> {
  const { authorization } = request.headers;
  if (authorization === undefined) return { type: "anonymous" };
  try {
    const [, scheme, credentials] = CREDENTIAL.exec(authorization) ?? [];
    if (scheme === undefined || credentials === undefined) throw authErrors.credential_malformed();
    return scheme.toLowerCase() === "bearer"
      ? await deps.identity.authenticateBearer(site, credentials)
      : await deps.identity.validateAPIKey(site, credentials);
  } catch (error) {
    // What is refused here never reaches the caller's own limit: it is counted by address, so that trying keys has an end.
    if (error instanceof CatalogueError) requireAllowed(await deps.limits.consume("refused", networkOf(site.ip)));
    throw error;
  }
}

/** Refuses an actor that a route's access does not admit. */
function authorize(ctx: Ctx, access: Access): void {
  const { actor } = ctx;
  if (access.audience === "public") return;
  if (actor.type === "anonymous") throw accessErrors.unauthenticated();
  if (actor.type === "user" && actor.isFactorDue && !("mayLackFactor" in access)) throw authErrors.factor_required();
  switch (access.audience) {
    case "person":
      if (actor.type !== "user") throw accessErrors.person_required();
      // Whoever looks as a partner is not that person, and has no business with their own devices meanwhile.
      if (actor.isLooking && !access.alsoLooking) throw accessErrors.looking_only();
      return;
    case "operator": {
      // By their scopes partners could not pass either: this holds when somebody gives them one too many.
      if (isOfPartner(actor)) throw accessErrors.scope_missing({ scope: access.scope });
      requireScope(ctx, access.scope);
      return;
    }
    case "either":
      if (isOfPartner(actor)) authorize(ctx, { audience: "partner", scope: access.scopes.partner });
      else authorize(ctx, { audience: "operator", scope: access.scopes.operator });
      return;
    case "partner":
      if (actor.type === "key") authenticatePartnerAPI(ctx);
      else authenticatePartner(ctx);
      requireScope(ctx, access.scope);
      if (access.tiers !== undefined) requirePartnerTier(ctx, access.tiers);
  }
}

const isOfPartner = (actor: Actor): boolean =>
  (actor.type === "user" && actor.role === "partner") || (actor.type === "key" && actor.partnerId !== null);

type Counter = { readonly name: LimitName; readonly subject: string; readonly factor?: number };

/** What a request counts against: a key's own limit and that of all keys of its partner, a person's, or an address's. */
function countersOf({ actor, ip }: Ctx, named: LimitName | undefined): Counter[] {
  switch (actor.type) {
    case "user":
      return [{ name: named ?? "person", subject: actor.userId }];
    case "key": {
      if (actor.partnerId === null) return [{ name: named ?? "operator", subject: actor.keyId }];
      const name = named ?? actor.partnerTier ?? "tier1";
      return [
        { name, subject: actor.keyId },
        { name, subject: actor.partnerId, factor: PARTNER_KEYS_FACTOR },
      ];
    }
    default:
      return [{ name: named ?? "anonymous", subject: networkOf(ip) }];
  }
}

/** The verdict that binds: a refusal before what is allowed, then the one with the least left. */
function tightest(verdicts: readonly Verdict[]): Verdict {
  const [first, ...rest] = verdicts;
  invariant(first !== undefined, "every request counts against a limit");
  return rest.reduce(
    (bound, each) =>
      Number(each.isAllowed) < Number(bound.isAllowed) ||
      (each.isAllowed === bound.isAllowed && each.remaining < bound.remaining)
        ? each
        : bound,
    first,
  );
}
