import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { PATHS } from "../../app/paths.ts";
import { read } from "../../app/queries.ts";
import { t } from "../../i18n/messages.ts";
import { Panel } from "../../ui/panel.tsx";

/** The first link of one's own. */
export default function FirstLink() {
  const { data } = useQuery(read("getPartnerProfile"));
  return (
    <Panel>
      <p>{t("start.linkText")}</p>
      <p>
        {data?.status === "pending" ? (
          t("links.whenApproved")
        ) : (
          <Link to={PATHS.links} search={{ act: "create" }}>
            {t("links.create")}
          </Link>
        )}
      </p>
    </Panel>
  );
}
