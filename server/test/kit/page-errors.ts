import { userErrors } from "../../src/identity/identity-errors.ts";
import { authErrors } from "../../src/identity/index.ts";
import type { ErrorEntry } from "../../src/kernel/errors.ts";
import { noticeErrors } from "../../src/notices/notice-errors.ts";

/** What pages refuse people with, by code. */
export const pageErrorEntries = (): Readonly<Record<string, ErrorEntry>> => ({
  ...authErrors.entries,
  ...userErrors.entries,
  ...noticeErrors.entries,
});
