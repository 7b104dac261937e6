import {
  changeTemplate,
  listTemplates,
  listVersions,
  previewTemplate,
  sendTest,
  testTemplate,
} from "./change-templates.ts";
import { choosePreferences, describeUnsubscribe, getPreferences, unsubscribe } from "./choose-preferences.ts";
import { forgetNotices } from "./forget-notices.ts";
import { makeDigests } from "./make-digests.ts";
import type { NoticeDeps } from "./notice-deps.ts";
import { sendDigest, sendNotice } from "./send-notices.ts";
import { takeNotices } from "./take-notices.ts";

/** Mails to partners about what happened, as each wishes. */
export const createNoticeService = (deps: NoticeDeps) => ({
  getPreferences: getPreferences(deps),
  choosePreferences: choosePreferences(deps),
  describeUnsubscribe: describeUnsubscribe(deps),
  unsubscribe: unsubscribe(deps),
  listTemplates: listTemplates(deps),
  listVersions: listVersions(deps),
  changeTemplate: changeTemplate(deps),
  previewTemplate: previewTemplate(deps),
  testTemplate: testTemplate(deps),
  sendTest: sendTest(deps),
  takeNotices: takeNotices(deps),
  makeDigests: makeDigests(deps),
  sendNotice: sendNotice(deps),
  sendDigest: sendDigest(deps),
  forgetNotices: forgetNotices(deps),
});

export type NoticeService = ReturnType<typeof createNoticeService>;
