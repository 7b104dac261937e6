import { sql } from "kysely";
import { isId } from "../kernel/id.ts";
import { type Ctx, requirePartner, requireScope } from "../platform/context.ts";
import { type Page, type PageRequest, type ReadTx, selectPage } from "../platform/database/index.ts";
import type { Reader } from "../platform/language/index.ts";
import type { TermsOverrides, Tier } from "../programs/index.ts";
import { currentTerms, readTerms } from "./find-terms.ts";
import type { PartnerDeps } from "./partner-deps.ts";
import { partnerErrors } from "./partner-errors.ts";
import { findPartner, getPartner, type Partner, partnerOf, selectPartners } from "./partner-repository.ts";
import type { PartnerStatus, PartnerType } from "./partner-rules.ts";
import {
  type OwnProfile,
  type PartnerRecord,
  profileView,
  recordView,
  type WithTerms,
  withTerms,
} from "./partner-view.ts";
import { findTermsHistory } from "./terms-repository.ts";
import { type TermsView, termsView } from "./terms-rules.ts";
import { findOpenTierChange, selectTierChanges, type TierChange, tierChangeOf } from "./tier-change-repository.ts";
import { matching } from "./who.ts";

export type PartnerFilters = PageRequest & {
  readonly status?: PartnerStatus;
  readonly tier?: Tier;
  readonly type?: PartnerType;
  /** Part of a company's name, a code, or its person's name or e-mail; or a whole external id. */
  readonly q?: string;
  /** Ids, parted by commas: whoever has a list of something else by partner asks for all their names at once. */
  readonly ids?: string;
};

/** Sorts of the list of partners. */
export const PARTNER_SORTS = [
  "createdAt",
  "-createdAt",
  "joinedAt",
  "-joinedAt",
  "referralCode",
  "-referralCode",
] as const;

/** Every partner, newest first unless asked otherwise. */
export const findPartnerPage =
  (deps: PartnerDeps) =>
  (ctx: Ctx, filters: PartnerFilters): Promise<Page<PartnerRecord>> => {
    requireScope(ctx, "partners:read");
    return deps.db.read(ctx, async (tx) => {
      let query = selectPartners(tx);
      if (filters.status !== undefined) query = query.where("status", "=", filters.status);
      if (filters.tier !== undefined) query = query.where("tier", "=", filters.tier);
      if (filters.type !== undefined) query = query.where("partner_type", "=", filters.type);
      if (filters.ids !== undefined) {
        const ids = filters.ids.split(",").filter(isId);
        query = query.where(sql<boolean>`id = any (${ids}::uuid[])`);
      }
      if (filters.q !== undefined) query = query.where(matching(deps, tx, filters.q));
      const page = await selectPage(query, filters, {
        sorts: {
          createdAt: { column: "created_at", type: "timestamptz" },
          joinedAt: { column: "joined_at", type: "timestamptz" },
          referralCode: { column: "referral_code", type: "text" },
        },
        defaultSort: "-createdAt",
        idColumn: "id",
      });
      const partners = page.data.map(partnerOf);
      const contacts = await deps.people.contactsOf(
        tx,
        partners.map(({ userId }) => userId),
      );
      return { ...page, data: partners.map((partner) => recordView(partner, contacts.get(partner.userId))) };
    });
  };

export type PartnerDetail = PartnerRecord &
  WithTerms & {
    /** What is agreed with it otherwise than its tier has it. */
    readonly ownTerms: TermsOverrides;
    /** Newest first. */
    readonly termsHistory: (TermsView & { effectiveFrom: Date | null; isOwn: boolean; reason: string | null })[];
  };

const TERMS_SHOWN_MAX = 50;

/** One partner, for the operator, with its terms over time. */
export const getPartnerFor =
  (deps: PartnerDeps) =>
  (ctx: Ctx, { partnerId }: { readonly partnerId: string }): Promise<PartnerDetail> => {
    requireScope(ctx, "partners:read");
    return deps.db.read(ctx, async (tx) => {
      const partner = await getPartner(tx, partnerId);
      const contacts = await deps.people.contactsOf(tx, [partner.userId]);
      const history = await readTerms(deps, tx, await findTermsHistory(tx, partnerId, TERMS_SHOWN_MAX));
      const now = await termsAndUpgrade(deps, tx, partnerId);
      return {
        ...recordView(partner, contacts.get(partner.userId)),
        ...now,
        ownTerms: history.find(({ row }) => row.id === now.terms.id)?.row.overrides ?? {},
        termsHistory: history.map(({ row, terms }) => ({
          ...termsView(terms),
          effectiveFrom: row.effectiveFrom,
          isOwn: Object.keys(row.overrides).length > 0,
          reason: row.reason,
        })),
      };
    });
  };

/** The acting partner's own profile with its terms. */
export const getPartnerProfile =
  (deps: PartnerDeps) =>
  (ctx: Ctx): Promise<OwnProfile> => {
    requireScope(ctx, "own:profile:read");
    const partnerId = requirePartner(ctx);
    return deps.db.read(ctx, async (tx) => profileOf(deps, tx, await getPartner(tx, partnerId)));
  };

/** Joins a transaction: what a partner sees of itself. */
export async function profileOf(deps: PartnerDeps, tx: ReadTx, partner: Partner): Promise<OwnProfile> {
  const contacts = await deps.people.contactsOf(tx, [partner.userId]);
  const { timeZone } = await deps.programs.getProgram(tx);
  return {
    ...profileView(partner, contacts.get(partner.userId)),
    ...(await termsAndUpgrade(deps, tx, partner.id)),
    timeZone,
    hasFees: await deps.hasFees(tx, partner.id),
  };
}

async function termsAndUpgrade(deps: PartnerDeps, tx: ReadTx, partnerId: string): Promise<WithTerms> {
  const terms = await currentTerms(deps)(tx, [partnerId], tx.ctx.now);
  return withTerms(terms.get(partnerId), await findOpenTierChange(tx, partnerId));
}

/** Sorts of the list of requests for a tier. */
export const UPGRADE_SORTS = ["requestedAt", "-requestedAt"] as const;

export type UpgradeFilters = PageRequest & { readonly status?: TierChange["status"]; readonly partnerId?: string };

/** Requests for another tier, oldest first unless asked otherwise: they wait for a decision. */
export const findUpgrades =
  (deps: PartnerDeps) =>
  (ctx: Ctx, filters: UpgradeFilters): Promise<Page<TierChange>> => {
    requireScope(ctx, "partners:read");
    return deps.db.read(ctx, async (tx) => {
      let query = selectTierChanges(tx);
      if (filters.status !== undefined) query = query.where("status", "=", filters.status);
      if (filters.partnerId !== undefined) query = query.where("partner_id", "=", filters.partnerId);
      const page = await selectPage(query, filters, {
        sorts: { requestedAt: { column: "requested_at", type: "timestamptz" } },
        defaultSort: "requestedAt",
        idColumn: "id",
      });
      return { ...page, data: page.data.map(tierChangeOf) };
    });
  };

/** Where a partner is reached. Throws `partner.not_found`. */
export const contactOf =
  ({ people }: Pick<PartnerDeps, "people">) =>
  async (tx: ReadTx, partnerId: string): Promise<Reader & { readonly name: string | null }> => {
    const partner = await findPartner(tx, partnerId);
    const contact = partner && (await people.contactsOf(tx, [partner.userId])).get(partner.userId);
    if (contact === undefined) throw partnerErrors.not_found();
    return contact;
  };

/** The least payout of partners' current terms, each in a currency, in minor units and in the order given; undefined where there is none. */
export const minimumPayouts =
  (deps: Pick<PartnerDeps, "programs">) =>
  async (
    tx: ReadTx,
    asked: readonly { readonly partnerId: string; readonly currency: string }[],
  ): Promise<(bigint | undefined)[]> => {
    const partnerIds = [...new Set(asked.map(({ partnerId }) => partnerId))];
    const terms = await currentTerms(deps)(tx, partnerIds, tx.ctx.now);
    return asked.map(({ partnerId, currency }) => terms.get(partnerId)?.minimumPayout.get(currency));
  };
