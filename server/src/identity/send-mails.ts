import type { Ctx } from "../platform/context.ts";
import type { Reader } from "../platform/language/index.ts";
import type { Mail, MailLook } from "../platform/mail/index.ts";
import { pageUrl } from "../platform/pages/index.ts";
import { findOwnTenant } from "../tenants/index.ts";
import type { IdentityParts } from "./identity-deps.ts";
import {
  factorChangedMail,
  invitationMail,
  passwordChangedMail,
  resetMail,
  verificationMail,
} from "./identity-mails.ts";
import { LINK_PATHS } from "./link-paths.ts";
import { insertLink } from "./link-repository.ts";
import type { FactorMailJob, MailJob } from "./mail-job.ts";
import { issueLinkToken, type LinkPurpose } from "./one-time-link.ts";
import { findUser, type User } from "./user-repository.ts";

/** Mails the link that proves an e-mail; nothing where it is proven. */
export const sendVerificationMail = (parts: IdentityParts, ctx: Ctx, job: MailJob): Promise<void> =>
  mailLink(parts, ctx, job, {
    purpose: "verify_email",
    isWanted: (user) => user.emailVerifiedAt === null,
    write: verificationMail,
  });

export const sendResetMail = (parts: IdentityParts, ctx: Ctx, job: MailJob): Promise<void> =>
  mailLink(parts, ctx, job, { purpose: "reset_password", isWanted: () => true, write: resetMail });

export const sendInvitationMail = (parts: IdentityParts, ctx: Ctx, job: MailJob): Promise<void> =>
  mailLink(parts, ctx, job, { purpose: "accept_invitation", isWanted: () => true, write: invitationMail });

/** Tells somebody that their password is another one. */
export async function sendPasswordChangedMail(parts: IdentityParts, ctx: Ctx, job: MailJob): Promise<void> {
  const { userId } = job;
  const mail = await parts.db.read(ctx, async (tx) => {
    const user = userId === null ? undefined : await findUser(tx, userId);
    const { name: programme, look } = await findOwnTenant(tx, parts.publicUrl);
    return user && passwordChangedMail(readerOf(user, job), { programme, look });
  });
  if (mail) await parts.mailer.send(mail, ctx);
}

/** Tells somebody that how they sign in has changed. */
export async function sendFactorChangedMail(
  parts: IdentityParts,
  ctx: Ctx,
  { userId, change }: FactorMailJob,
): Promise<void> {
  const mail = await parts.db.read(ctx, async (tx) => {
    const user = await findUser(tx, userId);
    const { name: programme, look } = await findOwnTenant(tx, parts.publicUrl);
    return user && factorChangedMail(user, { programme, look, change });
  });
  if (mail) await parts.mailer.send(mail, ctx);
}

const readerOf = ({ email, language }: User, job: MailJob): Reader => ({
  email,
  language: language ?? job.language ?? null,
});

/**
 * Makes a link and mails it. When the job is tried again it makes another one: the first was perhaps not delivered, and nobody can know it
 * who did not get it.
 */
async function mailLink(
  parts: IdentityParts,
  ctx: Ctx,
  job: MailJob,
  {
    purpose,
    isWanted,
    write,
  }: {
    purpose: Exclude<LinkPurpose, "set_up">;
    isWanted: (user: User) => boolean;
    write: (to: Reader, facts: { programme: string; url: string; look: MailLook | undefined }) => Mail;
  },
): Promise<void> {
  const { userId } = job;
  if (userId === null) return;
  await parts.proveLinkHost?.(ctx);
  const mail = await parts.db.transaction(ctx, async (tx) => {
    const user = await findUser(tx, userId);
    if (user === undefined || user.status !== "active" || !isWanted(user)) return undefined;
    const { token, hash } = issueLinkToken({ key: parts.keys.links, tenantId: ctx.tenantId, purpose });
    await insertLink(tx, { hash, purpose, userId, email: user.email });
    const { name, tokenUrl, look } = await findOwnTenant(tx, parts.publicUrl);
    const url = pageUrl(`${tokenUrl}${LINK_PATHS[purpose]}`, { token, language: user.language });
    return write(readerOf(user, job), { programme: name, look, url });
  });
  if (mail) await parts.mailer.send(mail, ctx);
}
