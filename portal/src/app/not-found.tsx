import { Link } from "@tanstack/react-router";
import { t } from "../i18n/messages.ts";
import { Empty } from "../ui/empty.tsx";
import { Page } from "../ui/page.tsx";
import { PATHS } from "./paths.ts";

/** There is no such page, or it is not for this reader: both look the same. */
export function NotFound() {
  return (
    <Page title={t("notFound.title")}>
      <Empty
        title={t("notFound.text")}
        text={t("notFound.why")}
        act={<Link to={PATHS.home}>{t("notFound.home")}</Link>}
      />
    </Page>
  );
}
