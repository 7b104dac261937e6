import { Link } from "@tanstack/react-router";
import { PATHS } from "../../app/paths.ts";
import { t } from "../../i18n/messages.ts";
import { Panel } from "../../ui/panel.tsx";

/** The first link of one's own. */
export default function FirstLink() {
  return (
    <Panel>
      <p>{t("start.linkText")}</p>
      <p>
        <Link to={PATHS.links} search={{ act: "create" }}>
          {t("links.create")}
        </Link>
      </p>
    </Panel>
  );
}
