import type { FastifyReply, FastifyRequest } from "fastify";
import { Type } from "typebox";
import { CatalogueError } from "../kernel/errors.ts";
import { type App, type Routes, statusOf } from "../platform/http/index.ts";
import { type Language, say, sayError } from "../platform/language/index.ts";
import type { Page, SendPage } from "../platform/pages/index.ts";
import type { NoticeService } from "./notice-service.ts";
import { UNSUBSCRIBE_PATH } from "./unsubscribe-link.ts";

const TOKEN_LENGTH_MAX = 200;
const LANGUAGE_LENGTH_MAX = 20;
const TokenQuery = Type.Object({
  token: Type.Optional(Type.String({ maxLength: TOKEN_LENGTH_MAX })),
  lang: Type.Optional(Type.String({ maxLength: LANGUAGE_LENGTH_MAX })),
});
const BODY_LIMIT_BYTES = 8_192;
const config = { access: { audience: "public" }, idempotency: "none" } as const;

/**
 * The page that links in mails lead to. Looking at it changes nothing, since mail scanners look at every link; its form does, and so does a mail
 * program that posts to the same address (RFC 8058). What is posted says nothing: the link says it all.
 */
export const unsubscribeRoutes =
  (notices: NoticeService, sendPage: SendPage): Routes =>
  (app) => {
    /** People read the answer: it is a page where a program would get a problem document. */
    const answer = async (
      request: FastifyRequest,
      reply: FastifyReply,
      act: () => Promise<(language: Language) => Omit<Page, "title">>,
    ): Promise<FastifyReply> => {
      const send = (page: (language: Language) => Omit<Page, "title">) =>
        sendPage(request, reply, (language) => ({ title: say(language, "page.unsubscribe.title"), ...page(language) }));
      try {
        return await send(await act());
      } catch (error) {
        if (!(error instanceof CatalogueError)) throw error;
        reply.code(statusOf(error));
        return send((language) => ({ text: sayError(language, error) }));
      }
    };
    void app.register(async (pages: App) => {
      pages.removeAllContentTypeParsers();
      pages.addContentTypeParser("*", { parseAs: "string", bodyLimit: BODY_LIMIT_BYTES }, (_request, _text, parsed) =>
        parsed(null, {}),
      );
      pages.get(UNSUBSCRIBE_PATH, { config, schema: { hide: true, querystring: TokenQuery } }, (request, reply) =>
        answer(request, reply, async () => {
          const { token = "" } = request.query;
          const describe = notices.describeUnsubscribe(request.ctx, { token });
          return (language) => ({
            text: describe(language),
            form: { token, fields: [], button: say(language, "page.unsubscribe.title") },
          });
        }),
      );
      pages.post(UNSUBSCRIBE_PATH, { config, schema: { hide: true, querystring: TokenQuery } }, (request, reply) =>
        answer(request, reply, async () => {
          await notices.unsubscribe(request.ctx, { token: request.query.token ?? "" });
          return (language) => ({ text: say(language, "page.unsubscribe.done") });
        }),
      );
    });
  };
