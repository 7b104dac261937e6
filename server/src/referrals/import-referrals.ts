import type { CatalogueError } from "../kernel/errors.ts";
import { newId } from "../kernel/id.ts";
import { invariant } from "../kernel/invariant.ts";
import { type Ctx, requireScope } from "../platform/context.ts";
import type { Tx } from "../platform/database/index.ts";
import { validateReferralCode } from "./click-rules.ts";
import {
  conversionOrder,
  type ImportedReferral,
  isSameConversion,
  refusalByPartner,
  refusalOfRow,
} from "./import-rules.ts";
import { findLinksByCode, type Link } from "./link-repository.ts";
import type { Referral } from "./referral.ts";
import type { PartnerFacts, ReferralDeps } from "./referral-deps.ts";
import { referralErrors } from "./referral-errors.ts";
import { referralEvent } from "./referral-events.ts";
import { findReferralsOfCustomers, saveReferrals } from "./referral-repository.ts";
import { termsAtInstants } from "./terms-at.ts";
import { conversionEvent } from "./write-conversion.ts";

/** As many as one transaction takes in a moment. */
export const IMPORT_SIZE_MAX = 5_000;

export type ImportResult = {
  readonly externalId: string;
  /** `duplicate`: it is there already, with the same content. */
  readonly status: "imported" | "duplicate" | "rejected";
  readonly id?: string;
  readonly error?: { readonly code: string; readonly title: string; readonly facts: Readonly<Record<string, unknown>> };
};

type Row = { readonly row: ImportedReferral; readonly index: number; readonly link: Link };
type Outcome =
  | Omit<ImportResult, "externalId" | "error">
  | { readonly status: "rejected"; readonly error: CatalogueError };

/**
 * Imports conversions that happened elsewhere, up to `IMPORT_SIZE_MAX`, with a result for each, in the order given. They count as verified.
 * They are recorded in the order of their instants, whatever the order of the rows; what was imported before changes nothing.
 */
export const importReferrals =
  (deps: ReferralDeps) =>
  (ctx: Ctx, rows: readonly ImportedReferral[]): Promise<{ readonly results: readonly ImportResult[] }> =>
    deps.db.transaction(ctx, async (tx) => {
      requireScope(ctx, "referrals:convert");
      invariant(rows.length <= IMPORT_SIZE_MAX, "callers cut their batches");
      const outcomes = new Map<number, Outcome>();
      const refuse = (index: number, error: CatalogueError) => void outcomes.set(index, { status: "rejected", error });

      const sound = await readRows(tx, rows, refuse);
      const customers = await admit(deps, tx, sound);
      const kept = new Map(await findReferralsOfCustomers(tx, [...customers.values()]));
      const partnerIds = [...new Set(sound.map(({ link }) => link.partnerId))];
      // Before they are read: terms that are given meanwhile would be missed by these customers for their lifetime.
      await deps.partners.lockSequences(tx, partnerIds);
      const partners = await deps.partners.findPartners(tx, partnerIds);
      const facts = await factsOf(deps, tx, { rows: sound, partners, customerIds: [...customers.values()] });

      const conversions: Referral[] = [];
      for (const { row, index, link } of sound.toSorted((a, b) => conversionOrder(a.row, b.row))) {
        const customerId = customers.get(row.externalId);
        const partner = partners.get(link.partnerId);
        invariant(
          customerId !== undefined && partner !== undefined,
          "customers were admitted, and links have partners",
        );
        const before = kept.get(customerId);
        if (before !== undefined && before.convertedAt !== null) {
          if (isSameConversion(before, row)) outcomes.set(index, { status: "duplicate", id: before.id });
          else refuse(index, referralErrors.already_converted({ field: "externalId" }));
          continue;
        }
        const refusal =
          before?.status === "rejected"
            ? referralErrors.was_rejected({ field: "externalId" })
            : refusalByPartner(row, {
                partner,
                partnerEmail: facts.emails.get(partner.id) ?? "",
                windowDays: facts.termsAt(partner.id, row.convertedAt)?.attributionWindowDays,
                customer: { id: customerId, emails: [facts.customerEmails.get(customerId), row.email].filter(isText) },
              });
        if (refusal !== undefined) {
          refuse(index, refusal);
          continue;
        }
        const termsId = facts.termsAt(partner.id, row.convertedAt)?.id ?? null;
        const referral = imported({ row, link, customerId, before, termsId });
        kept.set(customerId, referral);
        conversions.push(referral);
        outcomes.set(index, { status: "imported", id: referral.id });
      }
      await record(deps, tx, conversions);
      return { results: rows.map(({ externalId }, index) => ({ externalId, ...resultOf(outcomes.get(index)) })) };
    });

/** The rows that make sense by themselves, with their links. */
async function readRows(
  tx: Tx,
  rows: readonly ImportedReferral[],
  refuse: (index: number, error: CatalogueError) => void,
): Promise<Row[]> {
  const codes = rows.flatMap((row) => validateReferralCode(row.referralCode) ?? []);
  const links = await findLinksByCode(tx, [...new Set(codes)]);
  return rows.flatMap((row, index) => {
    const link = links.get(validateReferralCode(row.referralCode) ?? "");
    const refusal = refusalOfRow(row, tx.ctx.now);
    if (refusal === undefined && link !== undefined) return [{ row, index, link }];
    refuse(index, refusal ?? referralErrors.code_unknown({ field: "referralCode" }));
    return [];
  });
}

/** Makes the customers that are not there, and holds them all. */
async function admit(deps: ReferralDeps, tx: Tx, rows: readonly Row[]): Promise<ReadonlyMap<string, string>> {
  await deps.customers.upsertCustomers(
    tx,
    rows.map(({ row }) => ({
      externalId: row.externalId,
      ...(row.email === null ? {} : { email: row.email, emailVerified: true }),
    })),
  );
  return deps.customers.lockCustomers(tx, [...new Set(rows.map(({ row }) => row.externalId))]);
}

async function factsOf(
  deps: ReferralDeps,
  tx: Tx,
  of: {
    readonly rows: readonly Row[];
    readonly partners: ReadonlyMap<string, PartnerFacts>;
    readonly customerIds: readonly string[];
  },
) {
  const termsAt = await termsAtInstants(
    deps,
    tx,
    of.rows.map(({ row, link }) => ({ partnerId: link.partnerId, at: row.convertedAt })),
  );
  const emails = new Map<string, string>();
  for (const id of of.partners.keys()) emails.set(id, (await deps.partners.contactOf(tx, id)).email);
  const customers = await deps.customers.findCustomers(tx, of.customerIds);
  return { termsAt, emails, customerEmails: new Map([...customers].map(([id, { email }]) => [id, email])) };
}

const imported = ({
  row,
  link,
  customerId,
  before,
  termsId,
}: {
  row: ImportedReferral;
  link: Link;
  customerId: string;
  before: Referral | undefined;
  termsId: string | null;
}): Referral => ({
  id: before?.id ?? newId(),
  partnerId: link.partnerId,
  referredUserId: customerId,
  referralCode: link.code,
  clickId: null,
  couponId: null,
  linkId: link.id,
  source: "import",
  status: "converted",
  createdAt: before?.createdAt ?? row.convertedAt,
  convertedAt: row.convertedAt,
  qualifiedAt: null,
  rejectedAt: null,
  rejectionReason: null,
  verificationRequired: false,
  verifiedAt: row.convertedAt,
  termsId,
  reattributedAt: null,
  reattributedFrom: null,
  metadata: { clickedAt: row.clickedAt?.toISOString() ?? null },
});

/** Writes conversions, and records them in the sequences of their partners, which the caller has locked, in the order given. */
async function record(deps: ReferralDeps, tx: Tx, conversions: readonly Referral[]): Promise<void> {
  if (conversions.length === 0) return;
  const saved = await saveReferrals(tx, conversions);
  invariant(saved.length === conversions.length, "the customers are held: nobody else ties them");
  await deps.partners.recordEvents(
    tx,
    conversions.map((referral) => {
      invariant(referral.termsId !== null && referral.convertedAt !== null, "what is converted has terms");
      return conversionEvent(referral, referral.termsId, referral.convertedAt);
    }),
  );
  await deps.outbox.publish(
    tx,
    conversions.map((referral) => referralEvent("referral.converted", referral)),
  );
  await deps.audit.record(tx, "referrals.imported", {
    targetType: "referral",
    targetId: null,
    after: { count: conversions.length },
  });
}

function resultOf(outcome: Outcome | undefined): Omit<ImportResult, "externalId"> {
  invariant(outcome !== undefined, "every row has an outcome");
  if (!("error" in outcome)) return outcome;
  const { code, message, facts } = outcome.error;
  return { status: "rejected", error: { code, title: message, facts } };
}

const isText = (value: string | null | undefined): value is string => value !== null && value !== undefined;
