import { createAudit } from "../../src/audit/index.ts";
import {
  findCustomers,
  findCustomersByExternalIds,
  findUsersOfVisitors,
  lockCustomers,
  upsertCustomers,
} from "../../src/identity/index.ts";
import { findPartners, getPartner, lockSequences, recordEvents } from "../../src/partners/index.ts";
import type { Ctx } from "../../src/platform/context.ts";
import { createFingerprint } from "../../src/platform/crypto/index.ts";
import { createOutbox } from "../../src/platform/outbox/index.ts";
import { createReferralService } from "../../src/referrals/index.ts";
import { assessmentWorld } from "./assessment.ts";
import { asOwner } from "./postgres.ts";

export type Customer = { readonly externalId: string };

/** The world of assessment with the verb that gives a customer to another partner, wired as in the program. */
export async function reattributionWorld() {
  const world = await assessmentWorld();
  const { clone, db, said } = world;
  const outbox = createOutbox(() => said.inside);
  const newestTerms = async (partnerIds: readonly string[]) => {
    const rows = await asOwner<{ partner_id: string; id: string }>(
      clone,
      "select distinct on (partner_id) partner_id, id from partner_terms where partner_id = any ($1) order by partner_id, number desc",
      [partnerIds],
    );
    return new Map(rows.map(({ partner_id, id }) => [partner_id, { id, attributionWindowDays: 30 }]));
  };
  const referrals = createReferralService({
    db,
    outbox,
    audit: createAudit(),
    customers: { upsertCustomers, lockCustomers, findCustomers, findCustomersByExternalIds },
    people: { findUsersOfVisitors },
    fingerprint: createFingerprint(Buffer.alloc(32)),
    programs: {
      getProgram: async () => ({
        destinationHosts: [],
        defaultDestination: null,
        attributionModel: "last",
        requiresVerifiedEmail: false,
      }),
    },
    partners: {
      getPartner,
      findPartners,
      lockSequences,
      recordEvents: recordEvents({ outbox }),
      peopleOf: async () => new Map(),
      contactOf: async (_tx, id) => ({ email: `${id}@partners.example` }),
      currentTerms: (_tx, ids) => newestTerms(ids),
    },
    commissions: world.commissions,
    publicUrl: "https://go.example",
  });

  /** Whose the customer is now, and by which referral. */
  const attributionOf = async ({ externalId }: Customer) => {
    const [row] = await asOwner<{ id: string; partner_id: string; status: string }>(
      clone,
      `select r.id, r.partner_id, r.status from referrals r join users u on u.id = r.referred_user_id
        where u.external_id = $1 and r.reattributed_at is null`,
      [externalId],
    );
    return { referralId: row?.id ?? "", partnerId: row?.partner_id ?? "", status: row?.status };
  };
  const give = async (customer: Customer, partnerId: string, ctx: Ctx = world.operator()) =>
    referrals.reattributeReferral(ctx, {
      referralId: (await attributionOf(customer)).referralId,
      partner: partnerId,
      reason: "The click was forged",
    });

  return { ...world, referrals, attributionOf, give };
}

export type ReattributionWorld = Awaited<ReturnType<typeof reattributionWorld>>;
