import { type Ctx, requirePartner, requireScope } from "../platform/context.ts";
import { type Page, type PageRequest, pageOfRows, type ReadTx, selectPage } from "../platform/database/index.ts";
import {
  type Acceptance,
  type Accepted,
  type Agreement,
  acceptanceOf,
  agreementOf,
  countAcceptances,
  findAcceptancesOf,
  findPublished,
  findVersions,
  getAgreementRow,
  getVersion,
  type PublishedVersion,
  selectAcceptances,
  selectAgreements,
  type Version,
} from "./agreement-repository.ts";
import { acceptBy, type VersionDuty } from "./agreement-rules.ts";
import type { ComplianceDeps, ComplyingPartner } from "./compliance-deps.ts";

/** Sorts of the list of agreements. */
export const AGREEMENT_SORTS = ["createdAt", "-createdAt"] as const;
export const ACCEPTANCE_SORTS = ["acceptedAt", "-acceptedAt"] as const;

export type AgreementDetail = Agreement & {
  /** The newest first, a draft before all. */
  readonly versions: (Version & { readonly isInForce: boolean; readonly accepted: number })[];
};

async function withVersions(tx: ReadTx, agreements: readonly Agreement[]): Promise<AgreementDetail[]> {
  const versions = await findVersions(
    tx,
    agreements.map(({ id }) => id),
  );
  const accepted = await countAcceptances(
    tx,
    versions.map(({ id }) => id),
  );
  return agreements.map((agreement) => {
    const own = versions.filter(({ agreementId }) => agreementId === agreement.id);
    const inForce = own.find(({ effectiveFrom }) => effectiveFrom !== null && effectiveFrom <= tx.ctx.now);
    return {
      ...agreement,
      versions: own.map((version) => ({
        ...version,
        isInForce: version === inForce,
        accepted: accepted.get(version.id) ?? 0,
      })),
    };
  });
}

export async function agreementDetail(tx: ReadTx, agreement: Agreement): Promise<AgreementDetail> {
  const [detail] = await withVersions(tx, [agreement]);
  return detail ?? { ...agreement, versions: [] };
}

/** Every agreement with its versions. */
export const findAgreements =
  (deps: ComplianceDeps) =>
  (ctx: Ctx, request: PageRequest): Promise<Page<AgreementDetail>> => {
    requireScope(ctx, "compliance:read");
    return deps.db.read(ctx, async (tx) => {
      const page = await selectPage(selectAgreements(tx), request, {
        sorts: { createdAt: { column: "created_at", type: "timestamptz" } },
        defaultSort: "createdAt",
        idColumn: "id",
      });
      return { ...page, data: await withVersions(tx, page.data.map(agreementOf)) };
    });
  };

/** One agreement with its versions. Throws `agreement.not_found`. */
export const getAgreement =
  (deps: ComplianceDeps) =>
  (ctx: Ctx, { agreementId }: { readonly agreementId: string }): Promise<AgreementDetail> => {
    requireScope(ctx, "compliance:read");
    return deps.db.read(ctx, async (tx) => agreementDetail(tx, await getAgreementRow(tx, agreementId)));
  };

export type NamedAcceptance = Acceptance & { readonly userName: string | null; readonly email: string | null };

/** Who has accepted a version. Throws `agreement.version_not_found`. */
export const findAcceptances =
  (deps: ComplianceDeps) =>
  (
    ctx: Ctx,
    { versionId, ...request }: PageRequest & { readonly versionId: string },
  ): Promise<Page<NamedAcceptance>> => {
    requireScope(ctx, "compliance:read");
    return deps.db.read(ctx, async (tx) => {
      await getVersion(tx, versionId);
      const page = await selectPage(selectAcceptances(tx).where("version_id", "=", versionId), request, {
        sorts: { acceptedAt: { column: "accepted_at", type: "timestamptz" } },
        defaultSort: "-acceptedAt",
        idColumn: "id",
      });
      return { ...page, data: await named(deps, tx, page.data.map(acceptanceOf)) };
    });
  };

export async function named(
  { people }: Pick<ComplianceDeps, "people">,
  tx: ReadTx,
  acceptances: readonly Acceptance[],
): Promise<NamedAcceptance[]> {
  const contacts = await people.contactsOf(
    tx,
    acceptances.map(({ userId }) => userId),
  );
  return acceptances.map((acceptance) => {
    const person = contacts.get(acceptance.userId);
    return { ...acceptance, userName: person?.name ?? null, email: person?.email ?? null };
  });
}

/** A version as its partner sees it. */
export type OwnAgreement = Pick<
  PublishedVersion,
  "id" | "agreementId" | "number" | "title" | "body" | "textHash" | "effectiveFrom" | "blocksPayouts"
> & {
  readonly name: string;
  /** `open`: to be accepted; `replaced`: accepted once, and another is in force. */
  readonly status: "open" | "accepted" | "replaced";
  /** From when on it blocks payouts where it is not accepted; null where it does not, or is accepted. */
  readonly acceptBy: Date | null;
  readonly acceptedAt: Date | null;
};

/** What concerns a partner: what is in force for its tier or will be, and what it has accepted. */
export async function ownVersions(tx: ReadTx, partner: ComplyingPartner): Promise<OwnAgreement[]> {
  const accepted = (await findAcceptancesOf(tx, [partner.id])).get(partner.id) ?? new Map<string, Acceptance>();
  const byAgreement = Map.groupBy(await findPublished(tx), ({ agreementId }) => agreementId);
  return [...byAgreement.values()].flatMap((versions) => {
    const inForce = versions.findLast(({ effectiveFrom }) => effectiveFrom <= tx.ctx.now);
    const since = inForce?.number ?? 0;
    return versions
      .filter(
        ({ id, number, agreement }) => accepted.has(id) || (number >= since && agreement.tiers.includes(partner.tier)),
      )
      .map((version): OwnAgreement => {
        const acceptance = accepted.get(version.id);
        const isOpen = acceptance === undefined;
        return {
          id: version.id,
          agreementId: version.agreementId,
          name: version.agreement.name,
          number: version.number,
          title: version.title,
          body: version.body,
          textHash: version.textHash,
          effectiveFrom: version.effectiveFrom,
          blocksPayouts: version.blocksPayouts,
          status: isOpen ? "open" : version.number < since ? "replaced" : "accepted",
          acceptBy: isOpen && version.blocksPayouts ? acceptBy(version, partner.joinedAt) : null,
          acceptedAt: acceptance?.acceptedAt ?? null,
        };
      });
  });
}

/** `status` is what is to be accepted, then what is accepted, then what was replaced; of each the highest number first. */
export const OWN_AGREEMENT_SORTS = ["status", "-status"] as const;
const STATUS_ORDER = { open: 0, accepted: 1, replaced: 2 } as const;
/** No version has as high a number: those below it have as many digits counted down from it, so that their texts are in order. */
const NUMBER_END = 1_999_999_999;
const OWN_SORTS = {
  status: ({ status, number, id }: OwnAgreement) => `${STATUS_ORDER[status]} ${NUMBER_END - number} ${id}`,
};

/** The acting partner's agreements: what is to be accepted first unless asked otherwise. */
export const findOwnAgreements =
  (deps: ComplianceDeps) =>
  (ctx: Ctx, page: PageRequest): Promise<Page<OwnAgreement>> => {
    requireScope(ctx, "own:agreements:read");
    return deps.db.read(ctx, async (tx) => {
      const own = await ownVersions(tx, await deps.partners.getPartner(tx, requirePartner(ctx)));
      return pageOfRows(own, page, { sorts: OWN_SORTS, defaultSort: "status" });
    });
  };

/** What is in force for a partner, and whether it was accepted. */
export function dutiesOf(
  accepted: Accepted,
  published: readonly PublishedVersion[],
  { tier, now }: { readonly tier: string; readonly now: Date },
): VersionDuty[] {
  const mine = published.filter(
    ({ agreement, effectiveFrom }) => agreement.tiers.some((one) => one === tier) && effectiveFrom <= now,
  );
  return [...Map.groupBy(mine, ({ agreementId }) => agreementId).values()].flatMap((versions) => {
    const version = versions.at(-1);
    if (version === undefined) return [];
    return [
      {
        ...version,
        name: version.agreement.name,
        isAccepted: accepted.has(version.id),
        hasAcceptedBefore: versions.slice(0, -1).some(({ id }) => accepted.has(id)),
      },
    ];
  });
}
