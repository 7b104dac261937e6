import { findPartnerOfUser } from "../partners/index.ts";
import type { Ctx } from "../platform/context.ts";
import type { ReadTx } from "../platform/database/index.ts";
import { say } from "../platform/language/index.ts";
import { composeMail, type Mail } from "../platform/mail/index.ts";
import { findOwnTenant } from "../tenants/index.ts";
import { fillTemplate, type Letter } from "./fill-template.ts";
import { isKind, kindOf, type TemplateName } from "./notice-catalogue.ts";
import type { NoticeDeps } from "./notice-deps.ts";
import type { Fact, Facts } from "./notice-facts.ts";
import { findDigest, findDigestNotices, findNotice, markDigestSent, markNoticeSent } from "./notice-repository.ts";
import { deliveryOf } from "./notice-rules.ts";
import { findPreferences, key } from "./preference-repository.ts";
import { type Unsubscribed, unsubscribeUrl } from "./unsubscribe-link.ts";
import { findWords } from "./words-in-force.ts";

/** Payloads hold ids: addresses are looked up when the mail is sent, so that the queue holds none. */
export const SEND_NOTICE_JOB = "notices.send";
export const SEND_DIGEST_JOB = "notices.send_digest";
export type SendJob = { readonly id: string };

/** Lines of a digest; what is more is counted. */
const DIGEST_LINES_MAX = 50;

/**
 * Mails a notice, in the language that its reader has now. That it was sent is noted right after the server took it: where a process dies between the
 * two it is sent again under the same Message-ID, by which mailboxes know it for the same, and SMTP has no better way. A mail server that refuses is
 * asked again by the queue.
 */
export const sendNotice =
  (deps: NoticeDeps) =>
  async (ctx: Ctx, { id }: SendJob): Promise<void> => {
    await deps.proveLinkHost(ctx);
    const mail = await deps.db.read(ctx, async (tx) => {
      const notice = await findNotice(tx, id);
      if (notice === undefined || notice.sent_at !== null || !isKind(notice.kind)) return undefined;
      const { kind, user_id: userId, facts, path } = notice;
      // Somebody who has turned it off since it happened is not written to.
      const wished = (await findPreferences(tx, [userId])).get(key(userId, kind));
      if (deliveryOf(kind, wished) === "off") return undefined;
      const ends = kindOf(kind).isAlways ? undefined : kind;
      return write(deps, tx, { id, userId, ends, path: path ?? "/" }, (letterOf) => letterOf(kind, facts));
    });
    if (mail === undefined) return;
    await deps.mailer.send(mail, ctx);
    await deps.db.transaction(ctx, (tx) => markNoticeSent(tx, id));
  };

/** Mails a digest, as `sendNotice` mails a notice: what it says was settled when it was made. */
export const sendDigest =
  (deps: NoticeDeps) =>
  async (ctx: Ctx, { id }: SendJob): Promise<void> => {
    await deps.proveLinkHost(ctx);
    const mail = await deps.db.read(ctx, async (tx) => {
      const digest = await findDigest(tx, id);
      if (digest === undefined || digest.sent_at !== null) return undefined;
      const { notices, count } = await findDigestNotices(tx, { digestId: id, limit: DIGEST_LINES_MAX });
      return write(deps, tx, { id, userId: digest.user_id, ends: digest.rhythm, path: "/" }, (letterOf) => {
        const told = notices.flatMap(({ kind, facts }) => (isKind(kind) ? [`- ${letterOf(kind, facts).subject}`] : []));
        const left = count - notices.length;
        const more: Fact[] = left > 0 ? [{ say: "fact.more", values: { count: left } }] : [];
        return letterOf("digest", { count: String(count), lines: { lines: [...told, ...more] } });
      });
    });
    if (mail === undefined) return;
    await deps.mailer.send(mail, ctx);
    await deps.db.transaction(ctx, (tx) => markDigestSent(tx, id));
  };

type Sending = {
  /** Of the notice or the digest: names the message. */
  readonly id: string;
  readonly userId: string;
  /** What its link turns off; undefined where nothing can be. */
  readonly ends: Unsubscribed["ends"] | undefined;
  /** Where its button leads, in the portal. */
  readonly path: string;
};

/** What a template says to the reader, filled. */
type LetterOf = (name: TemplateName, facts: Facts) => Letter;

/** The message; undefined where the person is gone. */
async function write(
  deps: NoticeDeps,
  tx: ReadTx,
  { id, userId, ends, path }: Sending,
  choose: (letterOf: LetterOf) => Letter,
): Promise<Mail | undefined> {
  const reader = (await deps.people.contactsOf(tx, [userId])).get(userId);
  if (reader === undefined) return undefined;
  const { name: programme, url, tokenUrl, look } = await findOwnTenant(tx, deps.publicUrl);
  const { timeZone } = await deps.programs.getProgram(tx);
  const words = await findWords(tx, reader.language);
  const { language, ...said } = choose((name, facts) => fillTemplate(words(name), { programme, url }, facts, timeZone));
  const partner = await findPartnerOfUser(tx, userId);
  const shown = partner === undefined ? look : await deps.partnerLook(tx, partner.id);
  const ending = ends && {
    unsubscribeUrl: unsubscribeUrl(deps.linkKey, { ...reader, tenantId: tx.ctx.tenantId, userId, ends }, tokenUrl),
  };
  const button = { label: say(language, "notice.button"), url: `${url}/portal${path}` };
  const mail = composeMail({ email: reader.email, language }, { ...said, button, ...ending }, shown);
  return { ...mail, messageId: `<${id}@${new URL(url).hostname}>` };
}
