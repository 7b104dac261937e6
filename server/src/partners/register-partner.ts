import { hashPassword, normalEmail, requireStrongPassword } from "../identity/index.ts";
import { hasCode } from "../kernel/errors.ts";
import { newId } from "../kernel/id.ts";
import { invariant } from "../kernel/invariant.ts";
import type { Ctx } from "../platform/context.ts";
import type { Tx } from "../platform/database/index.ts";
import { enqueue } from "../platform/jobs/index.ts";
import { currentTerms } from "./find-terms.ts";
import { findInvitationOf } from "./invitation-repository.ts";
import type { PartnerDeps } from "./partner-deps.ts";
import { partnerNews } from "./partner-events.ts";
import { TELL_REGISTERED_JOB } from "./partner-mails.ts";
import { insertPartners, type NewPartner, type Partner, updateShownRates } from "./partner-repository.ts";
import { type PartnerType, TIER_OF_TYPE } from "./partner-rules.ts";
import { recordTerms } from "./record-terms.ts";
import { normalReferralCode } from "./referral-code.ts";
import { registrationOf, requireAdmitted } from "./registration.ts";
import { openSequences } from "./sequence-repository.ts";
import { invitationEvent } from "./team-events.ts";
import { commissionRateOf, followingTerms } from "./terms-rules.ts";

export type RegisterPartner = {
  readonly email: string;
  readonly password: string;
  readonly name: string;
  readonly partnerType?: PartnerType;
  readonly companyName?: string;
  readonly country?: string;
  readonly referralCode?: string;
};

/** The same for everybody: it does not tell whether the e-mail is known. */
export type Registration = { readonly status: "verification_sent" };
const REGISTRATION: Registration = { status: "verification_sent" };

/** Codes that are tried until one is free: two of 30^8 hardly ever meet, so that a second try is rare and a fifth means a broken generator. */
const CODE_ATTEMPTS_MAX = 5;

/**
 * Takes a registration: a person who may sign in and a partner who waits for approval. Somebody whose e-mail is known gets a mail that says
 * so, and the caller the same answer. Throws `partner.registration_closed`, `partner.code_invalid`, `user.password_weak`,
 * `auth.too_many_attempts`.
 */
export const registerPartner =
  (deps: PartnerDeps) =>
  async (ctx: Ctx, input: RegisterPartner): Promise<Registration> => {
    const email = normalEmail(input.email);
    await requireOpen(deps, ctx, email);
    requireStrongPassword(input.password, email);
    const wishedReferralCode = input.referralCode === undefined ? null : normalReferralCode(input.referralCode);
    await deps.people.countMailTo(ctx, { email });
    const passwordHash = await hashPassword(input.password);
    try {
      return await deps.db.transaction(ctx, async (tx) => {
        await addPartner(deps, tx, { ...input, email, passwordHash, wishedReferralCode });
        return REGISTRATION;
      });
    } catch (error) {
      if (!hasCode(error, "user.email_taken")) throw error;
      return deps.db.transaction(ctx, async (tx) => {
        await tellOwner(deps, tx, email);
        return REGISTRATION;
      });
    }
  };

async function requireOpen(deps: PartnerDeps, ctx: Ctx, email: string): Promise<void> {
  const registration = await registrationOf(deps, ctx);
  if (registration !== "open") await deps.db.read(ctx, (tx) => requireAdmitted(tx, { registration, email }));
}

type Applicant = Omit<RegisterPartner, "password" | "referralCode"> & {
  readonly passwordHash: string;
  readonly wishedReferralCode: string | null;
};

async function addPartner(deps: PartnerDeps, tx: Tx, applicant: Applicant): Promise<void> {
  const { now } = tx.ctx;
  const program = await deps.programs.holdProgram(tx);
  const { email, name, passwordHash, wishedReferralCode, partnerType = "affiliate" } = applicant;
  const user = await deps.people.createUser(tx, {
    email,
    name,
    passwordHash,
    role: "partner",
    language: tx.ctx.language,
  });
  const partner = await insertWithFreeCode(deps, tx, {
    id: newId(),
    programId: program.id,
    userId: user.id,
    externalId: null,
    partnerType,
    tier: TIER_OF_TYPE[partnerType],
    companyName: applicant.companyName ?? null,
    wishedReferralCode,
    commissionRate: null,
    status: "pending",
    country: applicant.country ?? null,
    joinedAt: now,
    approvedAt: null,
  });
  await openSequences(tx, [partner.id]);
  await giveFirstTerms(deps, tx, [{ partner, since: now }]);
  const news = partnerNews("partner.created", partner);
  // The trail outlives an erasure: it has no name, and no wish for a code, which may be one.
  const after = { ...news.data, country: partner.country };
  await deps.audit.record(tx, "partner.created", { targetType: "partner", targetId: partner.id, after });
  const invitation = await findInvitationOf(tx, email);
  await deps.outbox.publish(tx, [
    news,
    ...(invitation === undefined ? [] : [invitationEvent("invitation.accepted", invitation.id)]),
  ]);
  await deps.people.sendVerification(tx, user);
}

async function insertWithFreeCode(
  { newCode, referrals }: PartnerDeps,
  tx: Tx,
  partner: Omit<NewPartner, "referralCode">,
): Promise<Partner> {
  for (let attempt = 1; attempt <= CODE_ATTEMPTS_MAX; attempt += 1) {
    const referralCode = newCode();
    if ((await referrals.findTakenCodes(tx, [referralCode])).has(referralCode)) continue;
    const [inserted] = await insertPartners(tx, [{ ...partner, referralCode }]);
    if (inserted !== undefined) return inserted;
  }
  invariant(false, "codes are random");
}

/** Terms for partners who have just been made, from the beginning of time on, and the rate that they show. The programme is held. */
export async function giveFirstTerms(
  { programs, outbox }: Pick<PartnerDeps, "programs" | "outbox">,
  tx: Tx,
  made: readonly { readonly partner: Partner; readonly since: Date }[],
): Promise<void> {
  const heads = await programs.findPublishedHeads(tx);
  await recordTerms(
    outbox,
    tx,
    made.flatMap(({ partner: { id, tier }, since }) =>
      followingTerms({ partnerId: id, tier, from: null, reason: null }, { heads, since }),
    ),
  );
  await showRates(
    { programs },
    tx,
    made.map(({ partner }) => partner.id),
  );
}

/** Shows the rates of the terms in force. */
export async function showRates(
  { programs }: { readonly programs: Pick<PartnerDeps["programs"], "publishedPlans"> },
  tx: Tx,
  partnerIds: readonly string[],
): Promise<void> {
  const terms = await currentTerms({ programs })(tx, partnerIds, tx.ctx.now);
  await updateShownRates(tx, new Map([...terms].map(([id, plan]) => [id, commissionRateOf(plan)])));
}

/** Tells the owner of an e-mail that it was used to register: with the link again if they never followed it. */
async function tellOwner({ people }: PartnerDeps, tx: Tx, email: string): Promise<void> {
  const user = await people.findUserByEmail(tx, email);
  if (user === undefined) return;
  if (user.emailVerifiedAt === null) await people.sendVerification(tx, user);
  else
    await enqueue(
      tx,
      TELL_REGISTERED_JOB,
      { userId: user.id, language: tx.ctx.language ?? null },
      { key: `registered:${user.id}` },
    );
}
