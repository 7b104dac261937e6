import { t } from "../i18n/messages.ts";
import { useMe } from "./me.ts";

type AllowedProps = {
  /** What the server asks for. */
  readonly scope: string;
  /** Says in its place why it is not there. */
  readonly isExplained?: boolean;
  readonly children: React.ReactNode;
};

/** A control for whoever may use it: what somebody's role on the team leaves out is not offered to them. The server refuses it all the same. */
export function Allowed({ scope, isExplained = false, children }: AllowedProps) {
  if (useMe().may(scope)) return children;
  return isExplained ? <p style={{ color: "var(--ink-2)" }}>{t("team.notYours")}</p> : null;
}
