import { Link, Navigate, useLocation } from "@tanstack/react-router";
import { PATHS } from "../../app/paths.ts";
import { t } from "../../i18n/messages.ts";
import { formatDate } from "../../ui/dates.ts";
import { Panel } from "../../ui/panel.tsx";

/** Leads whoever needs a second factor and has none to where one is added: by a word while there is time, by the hand afterwards. */
export default function FactorDue({ at }: { readonly at: string }) {
  const { pathname } = useLocation();
  const isOver = new Date(at) <= new Date();
  const isThere = pathname === PATHS.settings;
  if (isOver && !isThere) return <Navigate to={PATHS.settings} search={{ tab: "security" }} replace />;
  return (
    <Panel>
      <div role="status">
        {isOver ? t("factor.dueNow") : t("factor.dueBy", { day: formatDate(at) })}{" "}
        {isThere ? null : (
          <Link to={PATHS.settings} search={{ tab: "security" }}>
            {t("factor.dueAct")}
          </Link>
        )}
      </div>
    </Panel>
  );
}
