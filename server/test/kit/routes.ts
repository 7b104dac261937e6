import { newId } from "../../src/kernel/id.ts";
import { accessErrors, type Ctx, requirePartner, requireScope } from "../../src/platform/context.ts";
import { type App, createHttpServer, type Routes } from "../../src/platform/http/index.ts";
import { OPERATOR_SCOPES, PARTNER_SCOPES, type Scope } from "../../src/platform/scopes.ts";

/** A caller of a test server: an API key of a partner, or of the operator where there is none. */
export type Caller = {
  readonly tenantId: string;
  readonly partnerId: string | null;
  readonly scopes?: readonly Scope[];
  /** The key itself, where it matters that requests come from the same one; a new one each time where it is not given. */
  readonly keyId?: string;
};

/** Some routes behind the real HTTP layer, with callers that need no credentials: `as` names the one of the next requests. */
export async function serveRoutes(
  routes: readonly Routes[],
  now: () => Date,
): Promise<App & { readonly as: (caller: Caller | null) => void }> {
  let caller: Caller | null = null;
  const app = await createHttpServer({
    logger: false,
    routes,
    identify: (request) => Promise.resolve(contextOf(caller, { requestId: request.id, now: now() })),
    authorize: (ctx, access) => {
      if (access.audience === "public") return;
      if (access.audience === "person") {
        if (ctx.actor.type === "anonymous") throw accessErrors.unauthenticated();
        return;
      }
      if (access.audience === "either") {
        const isOfPartner = ctx.actor.type === "key" && ctx.actor.partnerId !== null;
        return requireScope(ctx, isOfPartner ? access.scopes.partner : access.scopes.operator);
      }
      requireScope(ctx, access.scope);
      if (access.audience === "partner") requirePartner(ctx);
    },
    limit: () => Promise.resolve(),
    trustProxy: false,
    publicUrl: "http://localhost",
  });
  return Object.assign(app, {
    as: (next: Caller | null) => {
      caller = next;
    },
  });
}

function contextOf(caller: Caller | null, { requestId, now }: { requestId: string; now: Date }): Ctx {
  const common = { now, requestId, ip: "127.0.0.1" };
  if (caller === null) return { ...common, tenantId: newId(), actor: { type: "anonymous" } };
  const scopes = new Set(caller.scopes ?? (caller.partnerId === null ? OPERATOR_SCOPES : PARTNER_SCOPES));
  return {
    ...common,
    tenantId: caller.tenantId,
    actor: { type: "key", keyId: caller.keyId ?? newId(), partnerId: caller.partnerId, scopes },
  };
}
