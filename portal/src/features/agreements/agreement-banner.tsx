import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { PATHS } from "../../app/paths.ts";
import { read } from "../../app/queries.ts";
import { t } from "../../i18n/messages.ts";
import { formatDay } from "../../ui/dates.ts";
import { Panel } from "../../ui/panel.tsx";
import classes from "./agreement-banner.module.css";

/** Says that a text waits to be accepted, and until when nothing is held for it. */
export function AgreementBanner() {
  const { data } = useQuery(read("listOwnAgreements"));
  const open = data?.data.filter(({ status }) => status === "open") ?? [];
  if (open.length === 0) return null;
  const by = open.flatMap(({ acceptBy }) => acceptBy ?? []).toSorted()[0];
  return (
    <Panel>
      <div className={classes.banner} role="status">
        <span>
          {t("contracts.waits", { count: open.length })}
          {by === undefined ? null : ` ${t("contracts.acceptBy", { day: formatDay(by.slice(0, 10)) })}`}
        </span>
        <Link to={PATHS.agreements}>{t("contracts.readAndAccept")}</Link>
      </div>
    </Panel>
  );
}
