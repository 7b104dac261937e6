import type { Routes } from "../platform/http/index.ts";
import type { SendPage } from "../platform/pages/index.ts";
import { PreferencesBody, PreferencesView } from "./notice-schema.ts";
import type { NoticeService } from "./notice-service.ts";
import { templateRoutes } from "./template-routes.ts";
import { unsubscribeRoutes } from "./unsubscribe-routes.ts";

const URL = "/api/v1/partners/notice-preferences";
const TAGS = ["Partners"];

/** How a partner chooses its mails, and the page by which anybody ends them. */
export const noticeRoutes =
  (notices: NoticeService, sendPage: SendPage): Routes =>
  (app) => {
    app.get(
      URL,
      {
        config: { access: { audience: "partner", scope: "own:profile:read" } },
        schema: {
          operationId: "getNoticePreferences",
          tags: TAGS,
          summary: "Which mails you get, and how often",
          response: { 200: PreferencesView },
        },
      },
      async (request) => ({ data: await notices.getPreferences(request.ctx) }),
    );
    app.put(
      URL,
      {
        config: { access: { audience: "partner", scope: "own:profile:write" } },
        schema: {
          operationId: "chooseNoticePreferences",
          tags: TAGS,
          summary: "Choose how you get some mails",
          description: "Kinds that are not named stay as they are. What waits for a digest follows the choice.",
          body: PreferencesBody,
          response: { 200: PreferencesView },
        },
      },
      async (request) => ({ data: await notices.choosePreferences(request.ctx, request.body.preferences) }),
    );
    templateRoutes(notices)(app);
    unsubscribeRoutes(notices, sendPage)(app);
  };
