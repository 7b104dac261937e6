import type { Ctx } from "../platform/context.ts";
import { enqueue } from "../platform/jobs/index.ts";
import { publishedNotice } from "./agreement-events.ts";
import { findVersions, getAgreementRow, getVersion } from "./agreement-repository.ts";
import { acceptBy } from "./agreement-rules.ts";
import type { ComplianceDeps } from "./compliance-deps.ts";

export const TELL_PUBLISHED_JOB = "compliance.tell_published";
const PARTNERS_AT_ONCE = 200;

export type TellPublished = {
  readonly versionId: string;
  /** Whoever is not after this partner has been told. */
  readonly after?: string;
};

/**
 * Has the partners of an agreement's tiers told that a text waits for them, some at a time: the next ones are enqueued by the transaction that tells these. A
 * version that another has replaced meanwhile is told of no further.
 */
export const tellPublished =
  (deps: ComplianceDeps) =>
  (ctx: Ctx, { versionId, after }: TellPublished): Promise<void> =>
    deps.db.transaction(ctx, async (tx) => {
      const version = await getVersion(tx, versionId);
      const { effectiveFrom } = version;
      const newest = (await findVersions(tx, [version.agreementId])).find(({ status }) => status === "published");
      if (effectiveFrom === null || newest?.id !== versionId) return;
      const { tiers } = await getAgreementRow(tx, version.agreementId);
      const ids = await deps.partners.findActivePartners(tx, { after, limit: PARTNERS_AT_ONCE });
      const partners = await deps.partners.findPartners(tx, ids);
      await deps.outbox.publish(
        tx,
        [...partners.values()]
          .filter(({ tier }) => tiers.includes(tier))
          .map(({ id, joinedAt }) => {
            const waitFrom = version.blocksPayouts ? acceptBy({ ...version, effectiveFrom }, joinedAt) : null;
            return publishedNotice(version, { partnerId: id, waitFrom });
          }),
      );
      const last = ids.at(-1);
      if (ids.length === PARTNERS_AT_ONCE && last !== undefined)
        await enqueue(tx, TELL_PUBLISHED_JOB, { versionId, after: last } satisfies TellPublished);
    });
