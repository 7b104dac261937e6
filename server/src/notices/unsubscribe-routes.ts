import type { FastifyReply } from "fastify";
import { Type } from "typebox";
import { PAGE_HEADERS, type Page, renderPage } from "../identity/index.ts";
import { CatalogueError } from "../kernel/errors.ts";
import { type App, type Routes, statusOf } from "../platform/http/index.ts";
import type { NoticeService } from "./notice-service.ts";
import { UNSUBSCRIBE_PATH } from "./unsubscribe-link.ts";

const TOKEN_LENGTH_MAX = 200;
const TokenQuery = Type.Object({ token: Type.Optional(Type.String({ maxLength: TOKEN_LENGTH_MAX })) });
const BODY_LIMIT_BYTES = 8_192;
const TITLE = "Unsubscribe";
const config = { access: { audience: "public" }, idempotency: "none" } as const;

/**
 * The page that links in mails lead to. Looking at it changes nothing, since mail scanners look at every link; its form does, and so does a mail
 * program that posts to the same address (RFC 8058). What is posted says nothing: the link says it all.
 */
export const unsubscribeRoutes =
  (notices: NoticeService): Routes =>
  (app) => {
    void app.register(async (pages: App) => {
      pages.removeAllContentTypeParsers();
      pages.addContentTypeParser("*", { parseAs: "string", bodyLimit: BODY_LIMIT_BYTES }, (_request, _text, parsed) =>
        parsed(null, {}),
      );
      pages.get(UNSUBSCRIBE_PATH, { config, schema: { hide: true, querystring: TokenQuery } }, (request, reply) =>
        answer(reply, async () => {
          const { token = "" } = request.query;
          const text = notices.describeUnsubscribe(request.ctx, { token });
          return { title: TITLE, text, form: { token, fields: [], button: TITLE } };
        }),
      );
      pages.post(UNSUBSCRIBE_PATH, { config, schema: { hide: true, querystring: TokenQuery } }, (request, reply) =>
        answer(reply, async () => {
          await notices.unsubscribe(request.ctx, { token: request.query.token ?? "" });
          return { title: TITLE, text: "Done: you get no more of these mails. You can change that where you sign in." };
        }),
      );
    });
  };

/** People read the answer: it is a page where a program would get a problem document. */
async function answer(reply: FastifyReply, act: () => Promise<Page>): Promise<FastifyReply> {
  const send = (page: Page) => reply.headers(PAGE_HEADERS).type("text/html; charset=utf-8").send(renderPage(page));
  try {
    return send(await act());
  } catch (error) {
    if (!(error instanceof CatalogueError)) throw error;
    reply.code(statusOf(error));
    return send({ title: TITLE, text: error.message });
  }
}
