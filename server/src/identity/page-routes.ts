import { type Static, Type } from "typebox";
import { CatalogueError } from "../kernel/errors.ts";
import type { Ctx } from "../platform/context.ts";
import { type App, type Routes, statusOf } from "../platform/http/index.ts";
import { type Language, say, sayError } from "../platform/language/index.ts";
import { languageOf, type Page, type SendPage } from "../platform/pages/index.ts";
import { Email } from "./identity-schema.ts";
import type { IdentityService } from "./identity-service.ts";
import { LINK_PATHS } from "./link-paths.ts";
import { PASSWORD_LENGTH_MAX, PASSWORD_LENGTH_MIN } from "./password-rules.ts";

const Text = Type.String({ maxLength: PASSWORD_LENGTH_MAX, pattern: "^[^\\p{Cc}]*$" });
const TokenQuery = Type.Object({ token: Type.Optional(Text), lang: Type.Optional(Text) });
const Form = Type.Object(
  { token: Text, password: Type.Optional(Text), email: Type.Optional(Email), name: Type.Optional(Text) },
  { additionalProperties: false },
);
type Form = Static<typeof Form>;

const FORM_LIMIT_BYTES = 8_192;
const config = { access: { audience: "public" }, idempotency: "none" } as const;

type LinkPage = {
  readonly path: string;
  /** Its words begin with this. */
  readonly words: "verify" | "reset" | "invitation" | "setUp";
  readonly fields: (language: Language, form: Partial<Form>) => NonNullable<Page["form"]>["fields"];
  readonly act: (ctx: Ctx, form: Form) => Promise<unknown>;
};

const passwordField = (language: Language) =>
  ({
    name: "password",
    label: say(language, "page.password", { length: PASSWORD_LENGTH_MIN }),
    type: "password",
    autocomplete: "new-password",
    minLength: PASSWORD_LENGTH_MIN,
  }) as const;

const nameField = (language: Language, value: string) =>
  ({ name: "name", label: say(language, "page.name"), type: "text", autocomplete: "name", value }) as const;

const emailField = (language: Language, value: string) =>
  ({ name: "email", label: say(language, "page.email"), type: "email", autocomplete: "username", value }) as const;

const linkPages = (identity: IdentityService): LinkPage[] => [
  {
    path: LINK_PATHS.verify_email,
    words: "verify",
    fields: (language) => [passwordField(language)],
    act: (ctx, form) => identity.verifyEmail(ctx, { token: form.token, password: form.password ?? "" }),
  },
  {
    path: LINK_PATHS.reset_password,
    words: "reset",
    fields: (language) => [passwordField(language)],
    act: (ctx, form) => identity.resetPassword(ctx, { token: form.token, password: form.password ?? "" }),
  },
  {
    path: LINK_PATHS.accept_invitation,
    words: "invitation",
    fields: (language, { name = "" }) => [nameField(language, name), passwordField(language)],
    act: (ctx, { token, password: chosen = "", name }) =>
      identity.acceptInvitation(ctx, { token, password: chosen, ...(name && { name }) }),
  },
  {
    path: LINK_PATHS.set_up,
    words: "setUp",
    fields: (language, { email = "", name = "" }) => [
      emailField(language, email),
      nameField(language, name),
      passwordField(language),
    ],
    act: (ctx, form) =>
      identity.completeSetUp(ctx, {
        token: form.token,
        email: form.email ?? "",
        name: form.name ?? "",
        password: form.password ?? "",
      }),
  },
];

/**
 * The pages that links in mails lead to. Looking at one changes nothing, since mail scanners look at every link; its form does. A form needs
 * no further guard against other sites: it acts by its token alone, which no browser adds.
 */
export const pageRoutes =
  (identity: IdentityService, sendPage: SendPage): Routes =>
  (app) => {
    void app.register(async (pages: App) => {
      pages.addContentTypeParser(
        "application/x-www-form-urlencoded",
        { parseAs: "string", bodyLimit: FORM_LIMIT_BYTES },
        (_request, text, parsed) => parsed(null, Object.fromEntries(new URLSearchParams(text.toString()))),
      );
      for (const page of linkPages(identity)) {
        pages.get(page.path, { config, schema: { hide: true, querystring: TokenQuery } }, (request, reply) =>
          sendPage(request, reply, (language) => formOf(page, language, { token: request.query.token ?? "" })),
        );
        pages.post(
          page.path,
          { config, attachValidation: true, schema: { hide: true, body: Form } },
          async (request, reply) => {
            // People read this answer: it is a page where a program would get a problem document.
            if (request.validationError)
              return sendPage(request, reply.code(400), (language) => invalid(page, language));
            try {
              await page.act({ ...request.ctx, language: languageOf(request) }, request.body);
              return sendPage(request, reply, (language) => doneWith(page, language));
            } catch (error) {
              if (!(error instanceof CatalogueError)) throw error;
              return sendPage(request, reply.code(statusOf(error)), (language) => ({
                ...formOf(page, language, request.body),
                error: sayError(language, error),
              }));
            }
          },
        );
      }
    });
  };

const formOf = (page: LinkPage, language: Language, form: Partial<Form>): Page => ({
  title: say(language, `page.${page.words}.title`),
  text: say(language, `page.${page.words}.text`),
  form: {
    token: form.token ?? "",
    fields: page.fields(language, form),
    button: say(language, `page.${page.words}.button`),
  },
});

const invalid = ({ words }: LinkPage, language: Language): Page => ({
  title: say(language, `page.${words}.title`),
  text: say(language, "page.formInvalid"),
});

/** The bare address leads to the portal. */
const doneWith = ({ words }: LinkPage, language: Language): Page => ({
  title: say(language, `page.${words}.title`),
  text: say(language, `page.${words}.done`),
  next: { words: say(language, "page.signIn"), path: "/" },
});
