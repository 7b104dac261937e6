import { type Ctx, requireScope } from "../platform/context.ts";
import type { Page } from "../platform/database/index.ts";
import { type DomainFilters, findDomainPage, getDomain as findOne } from "./domain-repository.ts";
import { type DomainView, domainView } from "./domain-view.ts";
import type { WhitelabelDeps } from "./whitelabel-deps.ts";

/** The tenant's domains, the newest first unless asked otherwise. */
export const findDomains =
  (deps: WhitelabelDeps) =>
  (ctx: Ctx, filters: DomainFilters): Promise<Page<DomainView>> => {
    requireScope(ctx, "program:read");
    return deps.db.read(ctx, async (tx) => {
      const { data, nextCursor } = await findDomainPage(tx, filters);
      return { nextCursor, data: data.map((domain) => domainView(domain, deps.domainTarget)) };
    });
  };

/** One of them. Throws `domain.not_found`. */
export const getDomain =
  (deps: WhitelabelDeps) =>
  (ctx: Ctx, { domainId }: { readonly domainId: string }): Promise<DomainView> => {
    requireScope(ctx, "program:read");
    return deps.db.read(ctx, async (tx) => domainView(await findOne(tx, domainId), deps.domainTarget));
  };

/**
 * Whether a certificate may be got for a name: it is a host on which a tenant is served, if only its links. Asked by the proxy for whatever name a
 * stranger says in a TLS handshake: what is known costs nothing, the rest shares one question at a time, and no stranger uses up what others need.
 */
export const mayHaveCertificate =
  ({ tenants }: Pick<WhitelabelDeps, "tenants">) =>
  async (name: string): Promise<boolean> => {
    const tenant = await tenants.findForHost(name);
    return tenant !== undefined && tenant.host !== null && (tenant.isActive || tenant.isSuspended);
  };
