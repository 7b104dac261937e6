import { requireRecentProof } from "../identity/index.ts";
import { newId } from "../kernel/id.ts";
import { takeRandomBytes } from "../kernel/random-bytes.ts";
import { type Ctx, requireScope } from "../platform/context.ts";
import { enqueue } from "../platform/jobs/index.ts";
import { CHECK_DOMAIN_JOB } from "./check-domain.ts";
import {
  deleteDomain,
  findAllDomains,
  getDomain,
  insertDomain,
  isAnothers,
  saveDomain,
  takeTurns,
} from "./domain-repository.ts";
import { readDomain } from "./domain-rules.ts";
import { type DomainView, domainView } from "./domain-view.ts";
import { domainEvent } from "./look-events.ts";
import type { WhitelabelDeps } from "./whitelabel-deps.ts";
import { domainErrors } from "./whitelabel-errors.ts";

/** Entries of one tenant: what each costs is asked of DNS for as long as it stands. */
const DOMAINS_MAX = 10;

/**
 * Enters a domain: it is served once its records show that it is the tenant's. Several tenants may enter one, so that nobody keeps its owner from
 * it by being first. Throws `domain.invalid`, `domain.taken`, `domain.entered_already`, `domain.too_many`,
 * `auth.step_up_required`.
 */
export const setupCustomDomain =
  (deps: WhitelabelDeps) =>
  (ctx: Ctx, { domain: entered }: { readonly domain: string }): Promise<DomainView> =>
    deps.db.transaction(ctx, async (tx) => {
      requireScope(ctx, "domains:write");
      // Mails that set passwords lead to the domain: a session that was stolen must not be enough to have them lead elsewhere.
      requireRecentProof(ctx);
      const read = readDomain(entered, [new URL(deps.publicUrl).hostname, deps.domainTarget]);
      if ("refusal" in read) throw domainErrors.invalid({ field: "domain", reason: read.refusal });
      const { domain } = read;
      await takeTurns(tx, domain);
      const known = await findAllDomains(tx);
      if (known.some((one) => one.domain === domain)) throw domainErrors.entered_already({ field: "domain" });
      if (known.length >= DOMAINS_MAX) throw domainErrors.too_many({ maximum: DOMAINS_MAX });
      if (await isAnothers(tx, domain)) throw domainErrors.taken({ field: "domain" });
      const id = newId();
      await insertDomain(tx, { id, domain, token: takeRandomBytes().toString("base64url") });
      await enqueue(tx, CHECK_DOMAIN_JOB, { domainId: id }, { key: `domain:${id}` });
      await deps.audit.record(tx, "domain.entered", { targetType: "domain", targetId: id, after: { domain } });
      const made = await getDomain(tx, id);
      await deps.outbox.publish(tx, [domainEvent("domain.entered", made)]);
      return domainView(made, deps.domainTarget);
    });

/** Has DNS asked again as soon as may be. Throws `domain.not_found`. */
export const requestDomainCheck =
  (deps: WhitelabelDeps) =>
  (ctx: Ctx, { domainId }: { readonly domainId: string }): Promise<DomainView> =>
    deps.db.transaction(ctx, async (tx) => {
      requireScope(ctx, "program:write");
      const { domain } = await getDomain(tx, domainId);
      await takeTurns(tx, domain);
      const wished = { ...(await getDomain(tx, domainId)), nextCheckAt: ctx.now };
      await saveDomain(tx, wished);
      await enqueue(tx, CHECK_DOMAIN_JOB, { domainId }, { key: `domain:${domainId}` });
      return domainView(wished, deps.domainTarget);
    });

/** Serves nobody on the domain any more, at once. Who enters it again, whoever it is, sets another record. Throws `domain.not_found`, `auth.step_up_required`. */
export const removeDomain =
  (deps: WhitelabelDeps) =>
  (ctx: Ctx, { domainId }: { readonly domainId: string }): Promise<void> =>
    deps.db.transaction(ctx, async (tx) => {
      requireScope(ctx, "domains:write");
      requireRecentProof(ctx);
      const { domain } = await getDomain(tx, domainId);
      await takeTurns(tx, domain);
      const { state } = await getDomain(tx, domainId);
      await deleteDomain(tx, domainId);
      await deps.audit.record(tx, "domain.removed", {
        targetType: "domain",
        targetId: domainId,
        before: { domain, state },
      });
      await deps.outbox.publish(tx, [domainEvent("domain.removed", { id: domainId, domain, state })]);
    });
