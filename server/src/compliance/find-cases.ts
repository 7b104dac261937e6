import { type Ctx, requireScope } from "../platform/context.ts";
import { type Page, type PageRequest, type ReadTx, selectPage } from "../platform/database/index.ts";
import type { ComplianceDeps } from "./compliance-deps.ts";
import { screeningErrors } from "./compliance-errors.ts";
import { type Evidence, findHits } from "./hit-repository.ts";
import { findLists, findNewestList, type ListFilters, type ListVersion } from "./list-repository.ts";
import { staleFrom } from "./list-rules.ts";
import { currentPartners, subjectsOfPartner } from "./screened-partners.ts";
import {
  type Case,
  caseOf,
  countCases,
  findCase,
  findScreeningHistory,
  findScreeningSettings,
  findVotes,
  type ScreeningSettings,
  selectCases,
} from "./screening-repository.ts";
import { type CaseStatus, type Subject, subjectKey, type Verdict } from "./screening-rules.ts";

/** Sorts of the list of cases. */
export const CASE_SORTS = ["openedAt", "-openedAt"] as const;

export type CaseFilters = PageRequest & { readonly status?: CaseStatus; readonly partnerId?: string };

/** Cases, newest first unless asked otherwise. */
export const findCases =
  (deps: ComplianceDeps) =>
  (ctx: Ctx, filters: CaseFilters): Promise<Page<Case>> => {
    requireScope(ctx, "compliance:read");
    return deps.db.read(ctx, async (tx) => {
      let query = selectCases(tx);
      if (filters.status !== undefined) query = query.where("status", "=", filters.status);
      if (filters.partnerId !== undefined) query = query.where("partner_id", "=", filters.partnerId);
      const page = await selectPage(query, filters, {
        sorts: { openedAt: { column: "opened_at", type: "timestamptz" } },
        defaultSort: "-openedAt",
        idColumn: "id",
      });
      return { ...page, data: page.data.map(caseOf) };
    });
  };

export type CaseDetail = Case & {
  /** What the partner says of itself now. */
  readonly partner: {
    readonly name: string | null;
    readonly companyName: string | null;
    readonly country: string | null;
  };
  readonly hits: (Evidence & {
    readonly entryId: string;
    readonly subject: Subject;
    /** It came after the last decision. */
    readonly isNew: boolean;
    readonly foundAt: Date;
  })[];
  readonly votes: {
    readonly userId: string;
    readonly name: string | null;
    readonly verdict: Verdict;
    readonly reason: string;
    /** It was given on the evidence as it is now. */
    readonly isCurrent: boolean;
    readonly votedAt: Date;
  }[];
};

export async function caseDetail(deps: ComplianceDeps, tx: ReadTx, found: Case): Promise<CaseDetail> {
  const partner = (await currentPartners(deps, tx, [found.partnerId])).get(found.partnerId);
  const votes = await findVotes(tx, found.id);
  const people = await deps.people.contactsOf(
    tx,
    votes.map(({ userId }) => userId),
  );
  return {
    ...found,
    partner: {
      name: partner?.name ?? null,
      companyName: partner?.companyName ?? null,
      country: partner?.country ?? null,
    },
    hits: (await findHits(deps, tx, found.id)).map(({ entryId, subject, evidence, round, foundAt }) => ({
      entryId,
      subject,
      ...evidence,
      isNew: round === found.round && round > 1,
      foundAt,
    })),
    votes: votes.map(({ round, ...vote }) => ({
      ...vote,
      name: people.get(vote.userId)?.name ?? null,
      isCurrent: round === found.round,
    })),
  };
}

/** One case with its evidence and what was decided. Throws `screening.case_not_found`. */
export const getCase =
  (deps: ComplianceDeps) =>
  (ctx: Ctx, { caseId }: { readonly caseId: string }): Promise<CaseDetail> => {
    requireScope(ctx, "compliance:read");
    return deps.db.read(ctx, async (tx) => {
      const found = await findCase(tx, caseId);
      if (found === undefined) throw screeningErrors.case_not_found();
      return caseDetail(deps, tx, found);
    });
  };

export type ScreeningState = {
  readonly settings: ScreeningSettings;
  readonly list: (ListVersion & { readonly staleFrom: Date; readonly isStale: boolean }) | null;
  readonly cases: { readonly waiting: number; readonly confirmed: number };
};

/** Whether partners are screened, with which list, and what waits. */
export const getScreening =
  (deps: ComplianceDeps) =>
  (ctx: Ctx): Promise<ScreeningState> => {
    requireScope(ctx, "compliance:read");
    return deps.db.read(ctx, screeningState);
  };

export async function screeningState(tx: ReadTx): Promise<ScreeningState> {
  const settings = await findScreeningSettings(tx);
  const list = await findNewestList(tx);
  const until = list && staleFrom(list.confirmedAt, settings.listMaxAgeDays);
  return {
    settings,
    list: list && until ? { ...list, staleFrom: until, isStale: tx.ctx.now >= until } : null,
    cases: await countCases(tx),
  };
}

/** The versions of the list, newest first unless asked otherwise, and what each has changed. */
export const findListVersions =
  (deps: ComplianceDeps) =>
  (ctx: Ctx, filters: ListFilters): Promise<Page<ListVersion>> => {
    requireScope(ctx, "compliance:read");
    return deps.db.read(ctx, (tx) => findLists(tx, filters));
  };

/**
 * What was compared for a partner, and with which versions. Of a name that was compared a keyed hash is kept: it is told where the partner says it
 * still. Throws `partner.not_found`.
 */
export const findPartnerScreenings =
  (deps: ComplianceDeps) =>
  (ctx: Ctx, { partnerId, ...page }: PageRequest & { readonly partnerId: string }) => {
    requireScope(ctx, "compliance:read");
    return deps.db.read(ctx, async (tx) => {
      await deps.partners.getPartner(tx, partnerId);
      const names = await currentNames(deps, tx, partnerId);
      const history = await findScreeningHistory(tx, { partnerId, ...page });
      return {
        nextCursor: history.nextCursor,
        data: history.data.map((one) => ({
          ...one,
          names: one.names.map(({ kind, source, key }) => ({ kind, source, name: names.get(key ?? "") ?? null })),
        })),
      };
    });
  };

/** What a partner says now, by the hash with which that is noted when it is compared. */
async function currentNames(deps: ComplianceDeps, tx: ReadTx, partnerId: string): Promise<ReadonlyMap<string, string>> {
  const partner = (await currentPartners(deps, tx, [partnerId])).get(partnerId);
  if (partner === undefined) return new Map();
  const signed = (await deps.taxes.findSignedIdentities(tx, [partnerId])).get(partnerId);
  const hashing = { nameKey: deps.nameKey, tenantId: tx.ctx.tenantId };
  return new Map(subjectsOfPartner(partner, signed).map((one) => [subjectKey(hashing, one), one.name]));
}
