import type { FastifyReply } from "fastify";
import { Type } from "typebox";
import { PAGE_HEADERS, type Page, renderPage } from "../identity/index.ts";
import { CatalogueError } from "../kernel/errors.ts";
import { type App, type Routes, statusOf } from "../platform/http/index.ts";
import type { PartnerService } from "./partner-service.ts";
import { JOIN_PATH } from "./team-link.ts";

const Text = Type.String({ maxLength: 256, pattern: "^[^\\p{Cc}]*$" });
const TokenQuery = Type.Object({ token: Type.Optional(Text) });
const Form = Type.Object({ token: Text, name: Text, password: Text }, { additionalProperties: false });
const FORM_LIMIT_BYTES = 8_192;
const config = { access: { audience: "public" }, idempotency: "none" } as const;
const TITLE = "Join the team";

const formOf = ({ token = "", name = "" }: { readonly token?: string; readonly name?: string }): Page => ({
  title: TITLE,
  text: "Say what to call you, and choose a password to begin.",
  form: {
    token,
    fields: [
      { name: "name", label: "Name", type: "text", autocomplete: "name", value: name },
      { name: "password", label: "Password", type: "password", autocomplete: "new-password" },
    ],
    button: "Join",
  },
});

/**
 * The page that an invitation to a partner's team leads to. Looking at it changes nothing, since mail scanners look at every link; its form
 * does, by its token alone.
 */
export const joinPageRoutes =
  (partners: PartnerService): Routes =>
  (app) => {
    void app.register(async (pages: App) => {
      pages.addContentTypeParser(
        "application/x-www-form-urlencoded",
        { parseAs: "string", bodyLimit: FORM_LIMIT_BYTES },
        (_request, text, parsed) => parsed(null, Object.fromEntries(new URLSearchParams(text.toString()))),
      );
      pages.get(JOIN_PATH, { config, schema: { hide: true, querystring: TokenQuery } }, (request, reply) =>
        send(reply, formOf(request.query)),
      );
      pages.post(
        JOIN_PATH,
        { config, attachValidation: true, schema: { hide: true, body: Form } },
        async (request, reply) => {
          const { validationError, body } = request;
          if (validationError || body.name.trim() === "")
            return send(reply.code(400), {
              title: TITLE,
              text: "Something in the form is missing. Go back, and check it.",
            });
          try {
            await partners.joinTeam(request.ctx, body);
            const next = { words: "Sign in", path: "/" };
            return send(reply, { title: TITLE, text: "Welcome. Sign in with your e-mail and your password.", next });
          } catch (error) {
            if (!(error instanceof CatalogueError)) throw error;
            return send(reply.code(statusOf(error)), { ...formOf(body), error: error.message });
          }
        },
      );
    });
  };

/** People read this answer: it is a page where a program would get a problem document. */
const send = (reply: FastifyReply, page: Page): FastifyReply =>
  reply.headers(PAGE_HEADERS).type("text/html; charset=utf-8").send(renderPage(page));
