import { type Ctx, requireScope } from "../platform/context.ts";
import { domainHolder } from "../platform/database/index.ts";
import { requireAllowed } from "../platform/rate-limit/index.ts";
import { findAllDomains, getDomain as findOne } from "./domain-repository.ts";
import { type DomainView, domainView } from "./domain-view.ts";
import type { WhitelabelDeps } from "./whitelabel-deps.ts";

/** The tenant's domains, the newest first. */
export const findDomains =
  (deps: WhitelabelDeps) =>
  (ctx: Ctx): Promise<{ readonly data: DomainView[] }> => {
    requireScope(ctx, "program:read");
    return deps.db.read(ctx, async (tx) => ({
      data: (await findAllDomains(tx)).map((domain) => domainView(domain, deps.domainTarget)),
    }));
  };

/** One of them. Throws `domain.not_found`. */
export const getDomain =
  (deps: WhitelabelDeps) =>
  (ctx: Ctx, { domainId }: { readonly domainId: string }): Promise<DomainView> => {
    requireScope(ctx, "program:read");
    return deps.db.read(ctx, async (tx) => domainView(await findOne(tx, domainId), deps.domainTarget));
  };

/**
 * Whether a certificate may be got for a name: it is a host on which a tenant is served, if only its links. Asked by the proxy for whatever name a stranger
 * says in a TLS handshake, so that it is counted as one caller, and one question of one index whatever the name is.
 */
export const mayHaveCertificate =
  (deps: WhitelabelDeps) =>
  async (name: string): Promise<boolean> => {
    requireAllowed(deps.limits.consumeInMemory("certificates", "all"));
    return (await domainHolder(deps.db.unscoped, name))?.is_served ?? false;
  };
