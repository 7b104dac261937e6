import { byBytes } from "../kernel/by-bytes.ts";
import type { CatalogueError } from "../kernel/errors.ts";
import { isExternalId } from "../kernel/external-id.ts";
import { isInWindow } from "./attribution-rules.ts";
import { validateReferralCode } from "./click-rules.ts";
import type { Referral } from "./referral.ts";
import type { PartnerFacts } from "./referral-deps.ts";
import { referralErrors } from "./referral-errors.ts";
import { isSelfReferral } from "./referral-rules.ts";

/** One conversion that happened elsewhere. */
export type ImportedReferral = {
  /** The customer's. */
  readonly externalId: string;
  readonly referralCode: string;
  /** Null where it is not known: the other system decided without. */
  readonly clickedAt: Date | null;
  readonly convertedAt: Date;
  readonly email: string | null;
};

/** What mail can be sent to is found out by sending; this only refuses what is clearly something else. */
const EMAIL_PATTERN = /^[^\s@\p{C}]{1,64}@[^\s@\p{C}]{1,189}$/u;
const INSTANT_MIN_MS = Date.UTC(1970, 0, 1);
const INSTANT_MAX_MS = Date.UTC(10_000, 0, 1) - 1;

/** Why a row is refused by itself; undefined if it is not. `facts.field` names its column. */
export function refusalOfRow(row: ImportedReferral, now: Date): CatalogueError | undefined {
  if (!isExternalId(row.externalId)) return referralErrors.external_id_invalid({ field: "externalId" });
  if (validateReferralCode(row.referralCode) === undefined)
    return referralErrors.code_unknown({ field: "referralCode" });
  if (row.email !== null && !EMAIL_PATTERN.test(row.email)) return referralErrors.email_invalid({ field: "email" });
  if (!isInstant(row.convertedAt) || row.convertedAt > now)
    return referralErrors.instant_invalid({ field: "convertedAt" });
  if (row.clickedAt === null) return undefined;
  if (!isInstant(row.clickedAt)) return referralErrors.instant_invalid({ field: "clickedAt" });
  if (row.clickedAt > row.convertedAt) return referralErrors.click_after_conversion({ field: "clickedAt" });
  return undefined;
}

const isInstant = (instant: Date): boolean =>
  instant.getTime() >= INSTANT_MIN_MS && instant.getTime() <= INSTANT_MAX_MS;

/** The order in which conversions are recorded: by instant, then by the bytes of the external id. */
export const conversionOrder = (a: ImportedReferral, b: ImportedReferral): number =>
  a.convertedAt.getTime() - b.convertedAt.getTime() || byBytes(a.externalId, b.externalId);

/** Why a row cannot become its partner's conversion; undefined if it can. */
export function refusalByPartner(
  row: ImportedReferral,
  facts: {
    readonly partner: PartnerFacts;
    readonly partnerEmail: string;
    readonly windowDays: number | undefined;
    readonly customer: { readonly id: string; readonly emails: readonly string[] };
  },
): CatalogueError | undefined {
  const { partner, windowDays } = facts;
  const wasTerminated = partner.terminatedAt !== null && partner.terminatedAt <= row.convertedAt;
  if (partner.status === "rejected" || wasTerminated || windowDays === undefined)
    return referralErrors.partner_inactive({ field: "referralCode" });
  if (isSelfReferral({ userId: partner.userId, email: facts.partnerEmail }, facts.customer))
    return referralErrors.self({ field: "externalId" });
  const ageMs = row.clickedAt === null ? 0 : row.convertedAt.getTime() - row.clickedAt.getTime();
  return isInWindow(ageMs, windowDays) ? undefined : referralErrors.out_of_window({ field: "clickedAt" });
}

/** Whether a customer's referral says what a row says: then it has been imported already. */
export const isSameConversion = (
  referral: Pick<Referral, "source" | "referralCode" | "convertedAt">,
  row: ImportedReferral,
): boolean =>
  referral.source === "import" &&
  referral.referralCode === validateReferralCode(row.referralCode) &&
  referral.convertedAt?.getTime() === row.convertedAt.getTime();
