import type { Static } from "typebox";
import { pageOfRows } from "../platform/database/index.ts";
import type { Routes } from "../platform/http/index.ts";
import { DEFAULT_LANGUAGE } from "../platform/language/index.ts";
import type { NoticeService } from "./notice-service.ts";
import {
  Accepted,
  LanguageQuery,
  PreviewBody,
  RenderedView,
  TemplateBody,
  TemplatePage,
  TemplateParams,
  TemplateQuery,
  TemplateView,
  VersionPage,
  VersionQuery,
} from "./template-schema.ts";

const URL = "/api/v1/admin/notice-templates";
const TAGS = ["Operator"];
const reading = { access: { audience: "operator", scope: "program:read" } } as const;
const languageIn = ({ language = DEFAULT_LANGUAGE }: Static<typeof LanguageQuery>) => ({ language });
const SORTS = { name: ({ name }: { readonly name: string }) => name };
const writing = { access: { audience: "operator", scope: "program:write" } } as const;

/** The words in which the operator writes to its partners. */
export const templateRoutes =
  (notices: NoticeService): Routes =>
  (app) => {
    app.get(
      URL,
      {
        config: reading,
        schema: {
          operationId: "listNoticeTemplates",
          tags: TAGS,
          summary: "What mails to partners say",
          querystring: TemplateQuery,
          response: { 200: TemplatePage },
        },
      },
      async (request) =>
        pageOfRows(await notices.listTemplates(request.ctx, languageIn(request.query)), request.query, {
          sorts: SORTS,
          defaultSort: "name",
        }),
    );
    app.get(
      `${URL}/:name/versions`,
      {
        config: reading,
        schema: {
          operationId: "listNoticeTemplateVersions",
          tags: TAGS,
          summary: "What a mail has said, newest first unless asked otherwise",
          params: TemplateParams,
          querystring: VersionQuery,
          response: { 200: VersionPage },
        },
      },
      (request) =>
        notices.listVersions(request.ctx, { ...request.params, ...languageIn(request.query), page: request.query }),
    );
    app.put(
      `${URL}/:name`,
      {
        config: writing,
        schema: {
          operationId: "changeNoticeTemplate",
          tags: TAGS,
          summary: "Have a mail say something else",
          description:
            "A version of its own; mails that wait are written in it too. A fact that there is not is refused by name.",
          params: TemplateParams,
          querystring: LanguageQuery,
          body: TemplateBody,
          response: { 200: TemplateView },
        },
      },
      (request) =>
        notices.changeTemplate(request.ctx, { ...request.params, ...languageIn(request.query), written: request.body }),
    );
    app.delete(
      `${URL}/:name`,
      {
        config: writing,
        schema: {
          operationId: "resetNoticeTemplate",
          tags: TAGS,
          summary: "Have a mail say what the program brings along",
          description: "In this language. Where you have English words of your own, those are what it says then.",
          params: TemplateParams,
          querystring: LanguageQuery,
          response: { 200: TemplateView },
        },
      },
      (request) =>
        notices.changeTemplate(request.ctx, { ...request.params, ...languageIn(request.query), written: null }),
    );
    app.post(
      `${URL}/:name/preview`,
      {
        config: { ...writing, idempotency: "none" },
        schema: {
          operationId: "previewNoticeTemplate",
          tags: TAGS,
          summary: "See a mail with examples; nothing is kept or sent",
          params: TemplateParams,
          querystring: LanguageQuery,
          body: PreviewBody,
          response: { 200: RenderedView },
        },
      },
      (request) =>
        notices.previewTemplate(request.ctx, {
          ...request.params,
          ...languageIn(request.query),
          written: request.body.written ?? null,
        }),
    );
    app.post(
      `${URL}/:name/test`,
      {
        config: { ...writing, idempotency: "none", successStatus: 202 },
        schema: {
          operationId: "testNoticeTemplate",
          tags: TAGS,
          summary: "Have a mail with examples sent to you",
          description: "In the words in force: to the person who asks, or where a key asks to the administrators.",
          params: TemplateParams,
          querystring: LanguageQuery,
          response: { 202: Accepted },
        },
      },
      async (request, reply) => {
        await notices.testTemplate(request.ctx, { ...request.params, ...languageIn(request.query) });
        return reply.code(202).send(null);
      },
    );
  };
