import type { IncomingMessage, ServerResponse } from "node:http";
import type { TypeBoxTypeProvider } from "@fastify/type-provider-typebox";
import type { FastifyBaseLogger, FastifyInstance, RawServerDefault } from "fastify";
import type { Ctx, PartnerTier } from "../context.ts";
import type { LimitName } from "../rate-limit/index.ts";
import type { Scope } from "../scopes.ts";

/** Who may call a route. `partner` routes act for the caller's own partner; `operator` routes for the whole tenant. */
export type Access =
  | { readonly audience: "public" }
  | { readonly audience: "operator"; readonly scope: Scope }
  /** `tiers` where the plan gives something to some tiers alone. */
  | { readonly audience: "partner"; readonly scope: Scope; readonly tiers?: readonly PartnerTier[] }
  /** A partner about its own, the operator about its own: each by its scope. */
  | { readonly audience: "either"; readonly scopes: { readonly partner: Scope; readonly operator: Scope } }
  /** Signed in, whoever it is: sign-out, own sessions. `mayLackFactor` where it is how one gets the second factor that is required. */
  | { readonly audience: "person"; readonly alsoLooking?: true; readonly mayLackFactor?: true };

/** `required` where money moves; `secret` where the answer holds one; `none` for sign-in and tracking, and for what is not a POST. */
export type IdempotencyPolicy = "none" | "optional" | "required" | "secret";

declare module "fastify" {
  interface FastifyContextConfig {
    access?: Access;
    /** Health and metrics: asked by machines, before there is a tenant too. No identity, no limit. */
    isProbe?: true;
    idempotency?: IdempotencyPolicy;
    /** Status of the answer when it went well; 200 when not given. */
    successStatus?: number;
    /** The limit that applies; the caller's own when not given. `tracking`, `issuer` and `signed` count in memory and cost no write. */
    rateLimit?: LimitName;
    /** Served while the tenant is suspended, too: what others rely on, and what tells of money. */
    whileSuspended?: true;
    /** A body of one item may be sent without the list around it: the name of that list. */
    bareItemOf?: string;
    /** A page of the tenant's test twin: a link that carries no key. */
    inTwin?: true;
  }
  interface FastifyRequest {
    ctx: Ctx;
  }
}

export type App = FastifyInstance<
  RawServerDefault,
  IncomingMessage,
  ServerResponse,
  FastifyBaseLogger,
  TypeBoxTypeProvider
>;

/** A module's routes: adds them to the app. */
export type Routes = (app: App) => void;
