import { derivedId } from "../kernel/id.ts";
import { type Ctx, requireScope } from "../platform/context.ts";
import type { Page, PageRequest, ReadTx } from "../platform/database/index.ts";
import { enqueue } from "../platform/jobs/index.ts";
import { DEFAULT_LANGUAGE, type Language, say } from "../platform/language/index.ts";
import { composeMail, type Mail } from "../platform/mail/index.ts";
import type { DomainEvent } from "../platform/outbox/index.ts";
import { findOwnTenant } from "../tenants/index.ts";
import { fillTemplate } from "./fill-template.ts";
import { COMMON_FACTS, TEMPLATE_NAMES, type TemplateName, type TemplateText, wordsOf } from "./notice-catalogue.ts";
import type { NoticeDeps } from "./notice-deps.ts";
import { factsInWords, type SaidFacts } from "./notice-facts.ts";
import { placeOf } from "./template-place.ts";
import { findTemplates, findVersions, insertTemplate, type TemplateVersion } from "./template-repository.ts";
import { examplesOf, requireTemplate } from "./template-rules.ts";
import { type WordsInForce, wordsInForce } from "./words-in-force.ts";

/** What mails of a kind say now to who reads a language. */
export type TemplateView = TemplateText & {
  readonly name: TemplateName;
  readonly language: Language;
  readonly when: string;
  /** Of what was written in this language; 0 where it never was. */
  readonly version: number;
  /** What the program brings along is in force. */
  readonly isDefault: boolean;
  /** In which language what is in force is written. */
  readonly writtenIn: Language;
  /** What it may name, each with an example. */
  readonly facts: SaidFacts;
};

export type Rendered = TemplateText & { readonly html: string };
type Named = { readonly name: TemplateName; readonly language: Language };

export const SEND_TEST_JOB = "notices.send_test";
/** Null: to the administrators. The language is absent from what an earlier release has put into the queue. */
export type TestJob = { readonly name: TemplateName; readonly userId: string | null; readonly language?: Language };

/** Every template, as who reads the language gets it. */
export const listTemplates =
  (deps: NoticeDeps) =>
  (ctx: Ctx, { language }: Pick<Named, "language">): Promise<TemplateView[]> =>
    deps.db.read(ctx, async (tx) => {
      requireScope(ctx, "program:read");
      const kept = await findTemplates(tx);
      return TEMPLATE_NAMES.map((name) => viewOf(kept, { name, language }));
    });

/** The versions of a template in a language, newest first unless asked otherwise. */
export const listVersions =
  (deps: NoticeDeps) =>
  (ctx: Ctx, { page, ...named }: Named & { readonly page: PageRequest }): Promise<Page<TemplateVersion>> =>
    deps.db.read(ctx, (tx) => {
      requireScope(ctx, "program:read");
      return findVersions(tx, named, page);
    });

/** Puts other words in force in a language, or (null) takes those away. Mails that wait are written in them too. */
export const changeTemplate =
  (deps: NoticeDeps) =>
  (ctx: Ctx, { written, ...named }: Named & { readonly written: TemplateText | null }): Promise<TemplateView> =>
    deps.db.transaction(ctx, async (tx) => {
      requireScope(ctx, "program:write");
      const { name, language } = named;
      if (written !== null) requireTemplate(name, written);
      const before = viewOf(await findTemplates(tx), named);
      await insertTemplate(tx, {
        ...named,
        written,
        createdBy: ctx.actor.type === "user" ? ctx.actor.userId : null,
      });
      const after = viewOf(await findTemplates(tx), named);
      await deps.audit.record(tx, "notice_template.changed", {
        targetType: "notice_template",
        targetId: null,
        before: { name, language, version: before.version, subject: before.subject, text: before.text },
        after: { name, language, version: after.version, subject: after.subject, text: after.text },
      });
      await deps.outbox.publish(tx, [templateEvent(ctx.tenantId, after)]);
      return after;
    });

const templateEvent = (
  tenantId: string,
  { name, language, version, isDefault, subject, text }: TemplateView,
): DomainEvent => ({
  type: "notice_template.changed",
  objectType: "notice_template",
  objectId: derivedId("notice_template", tenantId, placeOf(name, language)),
  data: { name, language, version, isDefault, subject, text },
});

/** Fills words with examples: those given, or the ones in force. Nothing is kept. */
export const previewTemplate =
  (deps: NoticeDeps) =>
  (ctx: Ctx, { written, ...named }: Named & { readonly written: TemplateText | null }): Promise<Rendered> =>
    deps.db.read(ctx, async (tx) => {
      requireScope(ctx, "program:write");
      if (written !== null) requireTemplate(named.name, written);
      const { subject, text, html } = await exampleOf(deps, tx, named, written);
      return { subject, text, html };
    });

/** Has a mail with examples sent, in the words in force: to the person who asks, or where a key asks to the administrators. */
export const testTemplate =
  (deps: NoticeDeps) =>
  (ctx: Ctx, named: Named): Promise<void> =>
    deps.db.transaction(ctx, async (tx) => {
      requireScope(ctx, "program:write");
      const userId = ctx.actor.type === "user" ? ctx.actor.userId : null;
      await enqueue(tx, SEND_TEST_JOB, { ...named, userId } satisfies TestJob);
    });

/** Sends it. A mail server that refuses is asked again by the queue. */
export const sendTest =
  (deps: NoticeDeps) =>
  async (ctx: Ctx, { name, userId, language = DEFAULT_LANGUAGE }: TestJob): Promise<void> => {
    const mails = await deps.db.read(ctx, async (tx) => {
      const mail = await exampleOf(deps, tx, { name, language }, null);
      const readers =
        userId === null
          ? await deps.people.findAdministrators(tx)
          : [...(await deps.people.contactsOf(tx, [userId])).values()];
      const subject = say(language, "notice.test", { subject: mail.subject });
      return readers.map(({ email: to }) => ({ ...mail, to, subject }));
    });
    for (const mail of mails) await deps.mailer.send(mail, ctx);
  };

/** The words given, or those in force, with examples and as the tenant's mails look. */
async function exampleOf(
  deps: NoticeDeps,
  tx: ReadTx,
  { name, language }: Named,
  written: TemplateText | null,
): Promise<Mail> {
  const words: WordsInForce =
    written === null
      ? wordsInForce(await findTemplates(tx), name, language)
      : { ...written, language, isDefault: false };
  const { look, url } = await findOwnTenant(tx, deps.publicUrl);
  const { timeZone } = await deps.programs.getProgram(tx);
  const letter = fillTemplate(words, COMMON_FACTS, examplesOf(name), timeZone);
  // Where it really leads is known with the event that it tells of.
  const button = { label: say(letter.language, "notice.button"), url: `${url}/portal/` };
  return composeMail({ email: "", language: letter.language }, { ...letter, button }, look);
}

function viewOf(kept: ReadonlyMap<string, TemplateVersion>, { name, language }: Named): TemplateView {
  const { language: writtenIn, ...inForce } = wordsInForce(kept, name, language);
  return {
    name,
    language,
    when: wordsOf(language, name).when,
    version: kept.get(placeOf(name, language))?.version ?? 0,
    writtenIn,
    ...inForce,
    facts: factsInWords(examplesOf(name), { language: writtenIn, timeZone: "UTC" }),
  };
}
