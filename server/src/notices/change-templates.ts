import { derivedId } from "../kernel/id.ts";
import { type Ctx, requireScope } from "../platform/context.ts";
import type { Page, PageRequest } from "../platform/database/index.ts";
import { enqueue } from "../platform/jobs/index.ts";
import { composeMail } from "../platform/mail/index.ts";
import type { DomainEvent } from "../platform/outbox/index.ts";
import type { TemplateText } from "./notice-catalogue.ts";
import type { NoticeDeps } from "./notice-deps.ts";
import type { Facts } from "./notice-facts.ts";
import { renderTemplate } from "./render-template.ts";
import { findTemplates, findVersions, insertTemplate, type TemplateVersion } from "./template-repository.ts";
import { defaultOf, requireTemplate, TEMPLATE_NAMES, type TemplateName } from "./template-rules.ts";

/** What mails of a kind say now. */
export type TemplateView = TemplateText & {
  readonly name: TemplateName;
  readonly when: string;
  /** 0 where it was never written. */
  readonly version: number;
  /** What the program brings along is in force. */
  readonly isDefault: boolean;
  /** What it may name, each with an example. */
  readonly facts: Facts;
};

export type Rendered = TemplateText & { readonly html: string };
type Named = { readonly name: TemplateName };

export const SEND_TEST_JOB = "notices.send_test";
/** Null: to the administrators. */
export type TestJob = { readonly name: TemplateName; readonly userId: string | null };

export const listTemplates =
  (deps: NoticeDeps) =>
  (ctx: Ctx): Promise<TemplateView[]> =>
    deps.db.read(ctx, async (tx) => {
      requireScope(ctx, "program:read");
      const written = await findTemplates(tx);
      return TEMPLATE_NAMES.map((name) => viewOf(name, written.get(name)));
    });

/** The versions of a template, newest first unless asked otherwise. */
export const listVersions =
  (deps: NoticeDeps) =>
  (ctx: Ctx, { name, page }: Named & { readonly page: PageRequest }): Promise<Page<TemplateVersion>> =>
    deps.db.read(ctx, (tx) => {
      requireScope(ctx, "program:read");
      return findVersions(tx, name, page);
    });

/** Puts other words in force, or (null) those that the program brings along. Mails that wait are written in them too. */
export const changeTemplate =
  (deps: NoticeDeps) =>
  (ctx: Ctx, { name, written }: Named & { readonly written: TemplateText | null }): Promise<TemplateView> =>
    deps.db.transaction(ctx, async (tx) => {
      requireScope(ctx, "program:write");
      if (written !== null) requireTemplate(name, written);
      const before = viewOf(name, (await findTemplates(tx)).get(name));
      await insertTemplate(tx, { name, written, createdBy: ctx.actor.type === "user" ? ctx.actor.userId : null });
      const after = viewOf(name, (await findTemplates(tx)).get(name));
      await deps.audit.record(tx, "notice_template.changed", {
        targetType: "notice_template",
        targetId: null,
        before: { name, version: before.version, subject: before.subject, text: before.text },
        after: { name, version: after.version, subject: after.subject, text: after.text },
      });
      await deps.outbox.publish(tx, [templateEvent(ctx.tenantId, after)]);
      return after;
    });

const templateEvent = (tenantId: string, { name, version, isDefault, subject, text }: TemplateView): DomainEvent => ({
  type: "notice_template.changed",
  objectType: "notice_template",
  objectId: derivedId("notice_template", tenantId, name),
  data: { name, version, isDefault, subject, text },
});

/** Fills words with examples: those given, or the ones in force. Nothing is kept. */
export const previewTemplate =
  (deps: NoticeDeps) =>
  (ctx: Ctx, { name, written }: Named & { readonly written: TemplateText | null }): Promise<Rendered> =>
    deps.db.read(ctx, async (tx) => {
      requireScope(ctx, "program:write");
      if (written !== null) requireTemplate(name, written);
      return exampleOf(name, written ?? viewOf(name, (await findTemplates(tx)).get(name)));
    });

/** Has a mail with examples sent, in the words in force: to the person who asks, or where a key asks to the administrators. */
export const testTemplate =
  (deps: NoticeDeps) =>
  (ctx: Ctx, { name }: Named): Promise<void> =>
    deps.db.transaction(ctx, async (tx) => {
      requireScope(ctx, "program:write");
      const userId = ctx.actor.type === "user" ? ctx.actor.userId : null;
      await enqueue(tx, SEND_TEST_JOB, { name, userId } satisfies TestJob);
    });

/** Sends it. A mail server that refuses is asked again by the queue. */
export const sendTest =
  (deps: NoticeDeps) =>
  async (ctx: Ctx, { name, userId }: TestJob): Promise<void> => {
    const mails = await deps.db.read(ctx, async (tx) => {
      const { subject, text } = exampleOf(name, viewOf(name, (await findTemplates(tx)).get(name)));
      const readers =
        userId === null
          ? await deps.people.findAdministratorEmails(tx)
          : [...(await deps.people.contactsOf(tx, [userId])).values()].map(({ email }) => email);
      return readers.map((to) => composeMail(to, { subject: `[Test] ${subject}`, lines: text.split(/\n{2,}/) }));
    });
    for (const mail of mails) await deps.mailer.send(mail, ctx);
  };

function exampleOf(name: TemplateName, words: TemplateText): Rendered {
  const { subject, text } = renderTemplate(words, defaultOf(name).examples);
  const mail = composeMail("", { subject, lines: text.split(/\n{2,}/) });
  return { subject: mail.subject, text: mail.text, html: mail.html };
}

function viewOf(name: TemplateName, version: TemplateVersion | undefined): TemplateView {
  const { when, examples, ...brought } = defaultOf(name);
  const written = version?.written ?? null;
  const { subject, text } = written ?? brought;
  return { name, when, version: version?.version ?? 0, isDefault: written === null, subject, text, facts: examples };
}
