import type { FastifyReply } from "fastify";
import { type Static, Type } from "typebox";
import { CatalogueError } from "../kernel/errors.ts";
import type { Ctx } from "../platform/context.ts";
import { type App, type Routes, statusOf } from "../platform/http/index.ts";
import { PAGE_HEADERS, type Page, renderPage } from "./identity-pages.ts";
import { Email } from "./identity-schema.ts";
import type { IdentityService } from "./identity-service.ts";
import { LINK_PATHS } from "./link-paths.ts";
import { PASSWORD_LENGTH_MAX, PASSWORD_LENGTH_MIN } from "./password-rules.ts";

const Text = Type.String({ maxLength: PASSWORD_LENGTH_MAX, pattern: "^[^\\p{Cc}]*$" });
const TokenQuery = Type.Object({ token: Type.Optional(Text) });
const Form = Type.Object(
  { token: Text, password: Type.Optional(Text), email: Type.Optional(Email), name: Type.Optional(Text) },
  { additionalProperties: false },
);
type Form = Static<typeof Form>;

const FORM_INVALID = "Something in the form is missing or not valid. Go back, and check it.";
/** The bare address leads to the portal. */
const SIGN_IN = { words: "Sign in", path: "/" } as const;
const FORM_LIMIT_BYTES = 8_192;
const config = { access: { audience: "public" }, idempotency: "none" } as const;

type LinkPage = {
  readonly path: string;
  readonly title: string;
  readonly text: string;
  readonly button: string;
  readonly done: string;
  readonly fields: (form: Partial<Form>) => NonNullable<Page["form"]>["fields"];
  readonly act: (ctx: Ctx, form: Form) => Promise<unknown>;
};

const password = {
  name: "password",
  label: `Password (at least ${PASSWORD_LENGTH_MIN} characters)`,
  type: "password",
  autocomplete: "new-password",
  minLength: PASSWORD_LENGTH_MIN,
} as const;

const nameField = (value: string) =>
  ({ name: "name", label: "Your name", type: "text", autocomplete: "name", value }) as const;

const linkPages = (identity: IdentityService): LinkPage[] => [
  {
    path: LINK_PATHS.verify_email,
    title: "Confirm your e-mail",
    text: "Type the password that you have registered with, or choose another: from now on it is the only one.",
    button: "Confirm e-mail",
    done: "Thank you. Your e-mail is confirmed; sign in with it and your password.",
    fields: () => [password],
    act: (ctx, form) => identity.verifyEmail(ctx, { token: form.token, password: form.password ?? "" }),
  },
  {
    path: LINK_PATHS.reset_password,
    title: "Set a new password",
    text: "Every device will be signed out.",
    button: "Set password",
    done: "Your new password is set. Sign in with it.",
    fields: () => [password],
    act: (ctx, form) => identity.resetPassword(ctx, { token: form.token, password: form.password ?? "" }),
  },
  {
    path: LINK_PATHS.accept_invitation,
    title: "Join the team",
    text: "Say what the team calls you, and choose a password.",
    button: "Join",
    done: "Welcome. Sign in with your e-mail and your password.",
    fields: ({ name = "" }) => [nameField(name), password],
    act: (ctx, { token, password: chosen = "", name }) =>
      identity.acceptInvitation(ctx, { token, password: chosen, ...(name && { name }) }),
  },
  {
    path: LINK_PATHS.set_up,
    title: "Set up",
    text: "You will be the admin of this programme.",
    button: "Create admin",
    done: "The admin exists. Sign in with your e-mail and your password.",
    fields: ({ email = "", name = "" }) => [
      { name: "email", label: "E-mail", type: "email", autocomplete: "username", value: email },
      nameField(name),
      password,
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
  (identity: IdentityService): Routes =>
  (app) => {
    void app.register(async (pages: App) => {
      pages.addContentTypeParser(
        "application/x-www-form-urlencoded",
        { parseAs: "string", bodyLimit: FORM_LIMIT_BYTES },
        (_request, text, parsed) => parsed(null, Object.fromEntries(new URLSearchParams(text.toString()))),
      );
      for (const page of linkPages(identity)) {
        pages.get(page.path, { config, schema: { hide: true, querystring: TokenQuery } }, (request, reply) =>
          send(reply, formOf(page, { token: request.query.token ?? "" })),
        );
        pages.post(
          page.path,
          { config, attachValidation: true, schema: { hide: true, body: Form } },
          async (request, reply) => {
            // People read this answer: it is a page where a program would get a problem document.
            if (request.validationError) return send(reply.code(400), { title: page.title, text: FORM_INVALID });
            try {
              await page.act(request.ctx, request.body);
              return send(reply, { title: page.title, text: page.done, next: SIGN_IN });
            } catch (error) {
              if (!(error instanceof CatalogueError)) throw error;
              return send(reply.code(statusOf(error)), { ...formOf(page, request.body), error: error.message });
            }
          },
        );
      }
    });
  };

const formOf = (page: LinkPage, form: Partial<Form>): Page => ({
  title: page.title,
  text: page.text,
  form: { token: form.token ?? "", fields: page.fields(form), button: page.button },
});

const send = (reply: FastifyReply, page: Page): FastifyReply =>
  reply.headers(PAGE_HEADERS).type("text/html; charset=utf-8").send(renderPage(page));
