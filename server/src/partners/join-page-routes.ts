import { Type } from "typebox";
import { PASSWORD_LENGTH_MIN } from "../identity/index.ts";
import { CatalogueError } from "../kernel/errors.ts";
import { type App, type Routes, statusOf } from "../platform/http/index.ts";
import { type Language, say, sayError } from "../platform/language/index.ts";
import { languageOf, type Page, type SendPage } from "../platform/pages/index.ts";
import type { PartnerService } from "./partner-service.ts";
import { JOIN_PATH } from "./team-link.ts";

const Text = Type.String({ maxLength: 256, pattern: "^[^\\p{Cc}]*$" });
const TokenQuery = Type.Object({ token: Type.Optional(Text), lang: Type.Optional(Text) });
const Form = Type.Object({ token: Text, name: Text, password: Text }, { additionalProperties: false });
const FORM_LIMIT_BYTES = 8_192;
const config = { access: { audience: "public" }, idempotency: "none" } as const;

const formOf = (
  language: Language,
  { token = "", name = "" }: { readonly token?: string; readonly name?: string },
): Page => ({
  title: say(language, "page.join.title"),
  text: say(language, "page.join.text"),
  form: {
    token,
    fields: [
      { name: "name", label: say(language, "page.name"), type: "text", autocomplete: "name", value: name },
      {
        name: "password",
        label: say(language, "page.password", { length: PASSWORD_LENGTH_MIN }),
        type: "password",
        autocomplete: "new-password",
      },
    ],
    button: say(language, "page.join.button"),
  },
});

/**
 * The page that an invitation to a partner's team leads to. Looking at it changes nothing, since mail scanners look at every link; its form
 * does, by its token alone.
 */
export const joinPageRoutes =
  (partners: PartnerService, sendPage: SendPage): Routes =>
  (app) => {
    void app.register(async (pages: App) => {
      pages.addContentTypeParser(
        "application/x-www-form-urlencoded",
        { parseAs: "string", bodyLimit: FORM_LIMIT_BYTES },
        (_request, text, parsed) => parsed(null, Object.fromEntries(new URLSearchParams(text.toString()))),
      );
      pages.get(JOIN_PATH, { config, schema: { hide: true, querystring: TokenQuery } }, (request, reply) =>
        sendPage(request, reply, (language) => formOf(language, request.query)),
      );
      pages.post(
        JOIN_PATH,
        { config, attachValidation: true, schema: { hide: true, body: Form } },
        async (request, reply) => {
          const { validationError, body } = request;
          // People read this answer: it is a page where a program would get a problem document.
          if (validationError || body.name.trim() === "")
            return sendPage(request, reply.code(400), (language) => ({
              title: say(language, "page.join.title"),
              text: say(language, "page.formInvalid"),
            }));
          try {
            await partners.joinTeam({ ...request.ctx, language: languageOf(request) }, body);
            return sendPage(request, reply, (language) => ({
              title: say(language, "page.join.title"),
              text: say(language, "page.join.done"),
              next: { words: say(language, "page.signIn"), path: "/" },
            }));
          } catch (error) {
            if (!(error instanceof CatalogueError)) throw error;
            return sendPage(request, reply.code(statusOf(error)), (language) => ({
              ...formOf(language, body),
              error: sayError(language, error),
            }));
          }
        },
      );
    });
  };
