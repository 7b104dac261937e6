import { findPartnerOfUser } from "../partners/index.ts";
import type { Ctx } from "../platform/context.ts";
import type { ReadTx } from "../platform/database/index.ts";
import { composeMail, type Mail } from "../platform/mail/index.ts";
import { findOwnTenant } from "../tenants/index.ts";
import { isKind, kindOf, type TemplateText } from "./notice-catalogue.ts";
import type { NoticeDeps } from "./notice-deps.ts";
import type { Facts } from "./notice-facts.ts";
import { findDigest, findDigestNotices, findNotice, markDigestSent, markNoticeSent } from "./notice-repository.ts";
import { deliveryOf } from "./notice-rules.ts";
import { findPreferences, key } from "./preference-repository.ts";
import { renderTemplate } from "./render-template.ts";
import { findTemplates } from "./template-repository.ts";
import { defaultOf, type TemplateName } from "./template-rules.ts";
import { type Unsubscribed, unsubscribeUrl } from "./unsubscribe-link.ts";

/** Payloads hold ids: addresses are looked up when the mail is sent, so that the queue holds none. */
export const SEND_NOTICE_JOB = "notices.send";
export const SEND_DIGEST_JOB = "notices.send_digest";
export type SendJob = { readonly id: string };

/** Lines of a digest; what is more is counted. */
const DIGEST_LINES_MAX = 50;

/**
 * Mails a notice. That it was sent is noted right after the server took it: where a process dies between the two it is sent again under the same
 * Message-ID, by which mailboxes know it for the same, and SMTP has no better way. A mail server that refuses is asked again by the queue.
 */
export const sendNotice =
  (deps: NoticeDeps) =>
  async (ctx: Ctx, { id }: SendJob): Promise<void> => {
    await deps.proveLinkHost(ctx);
    const mail = await deps.db.read(ctx, async (tx) => {
      const notice = await findNotice(tx, id);
      if (notice === undefined || notice.sent_at !== null || !isKind(notice.kind)) return undefined;
      const { kind, user_id: userId, facts } = notice;
      // Somebody who has turned it off since it happened is not written to.
      const wished = (await findPreferences(tx, [userId])).get(key(userId, kind));
      if (deliveryOf(kind, wished) === "off") return undefined;
      const mayEnd = kindOf(kind).isAlways ? undefined : kind;
      return write(deps, tx, { id, userId, template: await wordsOf(tx, kind), facts, ends: mayEnd });
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
      const common = await commonFacts(deps, tx);
      const words = await findTemplates(tx);
      const lines = notices.flatMap(({ kind, facts }) =>
        isKind(kind)
          ? [`- ${renderTemplate(words.get(kind)?.written ?? kindOf(kind), { ...common, ...facts }).subject}`]
          : [],
      );
      const more = count > notices.length ? [`- and ${count - notices.length} more`] : [];
      const facts = { count: String(count), lines: [...lines, ...more].join("\n") };
      return write(deps, tx, {
        id,
        userId: digest.user_id,
        template: await wordsOf(tx, "digest"),
        facts,
        ends: digest.rhythm,
      });
    });
    if (mail === undefined) return;
    await deps.mailer.send(mail, ctx);
    await deps.db.transaction(ctx, (tx) => markDigestSent(tx, id));
  };

type Letter = {
  /** Of the notice or the digest: names the message. */
  readonly id: string;
  readonly userId: string;
  readonly template: TemplateText;
  readonly facts: Facts;
  /** What its link turns off; undefined where nothing can be. */
  readonly ends: Unsubscribed["ends"] | undefined;
};

/** The message; undefined where the person is gone. */
async function write(deps: NoticeDeps, tx: ReadTx, letter: Letter): Promise<Mail | undefined> {
  const { id, userId, template, facts, ends } = letter;
  const contact = (await deps.people.contactsOf(tx, [userId])).get(userId);
  if (contact === undefined) return undefined;
  const common = await commonFacts(deps, tx);
  const { tokenUrl, look } = await findOwnTenant(tx, deps.publicUrl);
  const { subject, text } = renderTemplate(template, { ...common, ...facts });
  const partner = await findPartnerOfUser(tx, userId);
  const shown = partner === undefined ? look : await deps.partnerLook(tx, partner.id);
  const ending = ends && {
    unsubscribeUrl: unsubscribeUrl(deps.linkKey, { tenantId: tx.ctx.tenantId, userId, ends }, tokenUrl),
  };
  const mail = composeMail(contact.email, { subject, lines: text.split(/\n{2,}/), ...ending }, shown);
  return { ...mail, messageId: `<${id}@${new URL(common.url).hostname}>` };
}

/** What mails of a kind say in this tenant. */
const wordsOf = async (tx: ReadTx, name: TemplateName): Promise<TemplateText> =>
  (await findTemplates(tx)).get(name)?.written ?? defaultOf(name);

async function commonFacts({ publicUrl }: NoticeDeps, tx: ReadTx) {
  const { name: programme, url } = await findOwnTenant(tx, publicUrl);
  return { programme, url };
}
