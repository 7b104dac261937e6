import { t } from "../../i18n/messages.ts";
import { isKeyScope, KEY_SCOPES } from "./key-scopes.ts";

/** What a scope lets do; one that is new here is said by its code. */
export const scopeWords = (scope: string): string => (isKeyScope(scope) ? t(KEY_SCOPES[scope]) : scope);
