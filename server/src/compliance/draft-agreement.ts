import { newId } from "../kernel/id.ts";
import { type Ctx, requireScope } from "../platform/context.ts";
import type { ReadTx } from "../platform/database/index.ts";
import { enqueue } from "../platform/jobs/index.ts";
import type { Tier } from "../programs/index.ts";
import { publishedEvent } from "./agreement-events.ts";
import {
  findVersions,
  getAgreementRow,
  getVersion,
  insertAgreement,
  insertDraft,
  lockAgreement,
  publishDraft,
  updateDraft,
  type Version,
} from "./agreement-repository.ts";
import { mayBeEffective, textHash } from "./agreement-rules.ts";
import type { ComplianceDeps } from "./compliance-deps.ts";
import { agreementErrors } from "./compliance-errors.ts";
import { type AgreementDetail, agreementDetail } from "./find-agreements.ts";
import { TELL_PUBLISHED_JOB, type TellPublished } from "./tell-published.ts";

export type Draft = {
  readonly title: string;
  /** Markdown. */
  readonly body: string;
  readonly blocksPayouts: boolean;
  readonly blocksApproval: boolean;
  readonly graceDays: number;
};

const withHash = (draft: Draft) => ({ ...draft, textHash: textHash(draft) });

/** A new agreement for partners of some tiers, with its first draft. */
export const createAgreement =
  (deps: ComplianceDeps) =>
  (
    ctx: Ctx,
    { name, tiers, ...draft }: Draft & { readonly name: string; readonly tiers: readonly Tier[] },
  ): Promise<AgreementDetail> =>
    deps.db.transaction(ctx, async (tx) => {
      requireScope(ctx, "compliance:write");
      const program = await deps.programs.getProgram(tx);
      const agreement = {
        id: newId(),
        programId: program.id,
        name,
        tiers: [...new Set(tiers)].toSorted(),
        createdAt: ctx.now,
      };
      await insertAgreement(tx, agreement);
      await insertDraft(tx, { id: newId(), agreementId: agreement.id, ...withHash(draft) });
      await deps.audit.record(tx, "agreement.created", {
        targetType: "agreement",
        targetId: agreement.id,
        after: agreement,
      });
      return agreementDetail(tx, agreement);
    });

/** The next version of an agreement, as a draft. Throws `agreement.draft_open`. */
export const draftVersion =
  (deps: ComplianceDeps) =>
  (ctx: Ctx, { agreementId, ...draft }: Draft & { readonly agreementId: string }): Promise<Version> =>
    deps.db.transaction(ctx, async (tx) => {
      requireScope(ctx, "compliance:write");
      await getAgreementRow(tx, agreementId);
      const version = await insertDraft(tx, { id: newId(), agreementId, ...withHash(draft) });
      await deps.audit.record(tx, "agreement_version.drafted", {
        targetType: "agreement_version",
        targetId: version.id,
        after: { agreementId, textHash: version.textHash },
      });
      return version;
    });

/** Changes a draft. `readHash` is of the text that its writer has read: nobody's words are written over unread. */
export const editDraft =
  (deps: ComplianceDeps) =>
  (
    ctx: Ctx,
    { versionId, readHash, ...draft }: Draft & { readonly versionId: string; readonly readHash: string },
  ): Promise<Version> =>
    deps.db.transaction(ctx, async (tx) => {
      requireScope(ctx, "compliance:write");
      const version = await updateDraft(tx, versionId, readHash, withHash(draft));
      if (version === undefined) throw await whyNot(tx, versionId);
      await deps.audit.record(tx, "agreement_version.edited", {
        targetType: "agreement_version",
        targetId: version.id,
        before: { textHash: readHash },
        after: { agreementId: version.agreementId, textHash: version.textHash },
      });
      return version;
    });

/** Brings a draft into force, now or from a later day on. What partners accept from then on never changes. */
export const publishVersion =
  (deps: ComplianceDeps) =>
  (
    ctx: Ctx,
    {
      versionId,
      readHash,
      effectiveFrom,
    }: { readonly versionId: string; readonly readHash: string; readonly effectiveFrom?: string },
  ): Promise<Version> =>
    deps.db.transaction(ctx, async (tx) => {
      requireScope(ctx, "compliance:write");
      const draft = await getVersion(tx, versionId);
      if (draft.status === "published") throw agreementErrors.published();
      const agreement = await lockAgreement(tx, draft.agreementId);
      const [before] = (await findVersions(tx, [agreement.id])).filter(({ status }) => status === "published");
      const from = effectiveFrom === undefined ? ctx.now : new Date(effectiveFrom);
      if (!mayBeEffective(from, before?.effectiveFrom ?? undefined, ctx.now))
        throw agreementErrors.effective_too_early({ field: "effectiveFrom", after: before?.effectiveFrom ?? ctx.now });
      const version = await publishDraft(tx, {
        id: versionId,
        hash: readHash,
        number: (before?.number ?? 0) + 1,
        effectiveFrom: from,
        by: ctx.actor.type === "user" ? ctx.actor.userId : null,
      });
      if (version === undefined) throw await whyNot(tx, versionId);
      await deps.audit.record(tx, "agreement_version.published", {
        targetType: "agreement_version",
        targetId: version.id,
        after: { agreementId: agreement.id, number: version.number, textHash: version.textHash, effectiveFrom: from },
      });
      await deps.outbox.publish(tx, [publishedEvent(agreement, version)]);
      await enqueue(tx, TELL_PUBLISHED_JOB, { versionId } satisfies TellPublished);
      return version;
    });

async function whyNot(tx: ReadTx, versionId: string): Promise<Error> {
  const { status } = await getVersion(tx, versionId);
  return status === "published" ? agreementErrors.published() : agreementErrors.draft_changed();
}
