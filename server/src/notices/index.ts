export { noticeCron, noticeJobs } from "./notice-jobs.ts";
export { noticePersonalData } from "./notice-personal-data.ts";
export { noticeRoutes } from "./notice-routes.ts";
export { createNoticeService, type NoticeService } from "./notice-service.ts";
