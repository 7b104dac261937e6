export { createPages, type LookOf, languageOf, pageUrl, type SendPage } from "./pages.ts";
export type { Page, PageLook } from "./render-page.ts";
