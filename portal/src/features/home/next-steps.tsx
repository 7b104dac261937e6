import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useMe } from "../../app/me.ts";
import { PATHS } from "../../app/paths.ts";
import { read } from "../../app/queries.ts";
import { t } from "../../i18n/messages.ts";
import { CopyButton } from "../../ui/copy-button.tsx";
import { Loaded } from "../../ui/loaded.tsx";
import { isFormDue } from "../tax/form-due.ts";
import classes from "./home.module.css";

/** What a partner can do now: the link to share first, then what stands between it and its money. */
export function NextSteps() {
  const links = useQuery(read("listReferralLinks", { query: { limit: 1, isDefault: true } }));
  const method = useQuery(read("getPaymentMethod"));
  const profile = useQuery(read("getPartnerProfile"));
  const { may } = useMe();
  const tax = useQuery({ ...read("getOwnTax"), enabled: may("own:tax:read") });
  const isUnpayable = method.data === null || method.data?.status === "incomplete" || (tax.data && isFormDue(tax.data));
  return (
    <Loaded query={links}>
      {({ data }) => (
        <ul className={classes.steps}>
          {data[0] ? (
            <li>
              <span className={classes.share}>
                {t(profile.data?.status === "pending" ? "home.linkLater" : "home.shareLink")}
                <span className={classes.link} dir="ltr">
                  {data[0].url.replace(/^https?:\/\//, "")}
                </span>
              </span>
              <CopyButton text={data[0].url} label={t("home.shareLink")} />
            </li>
          ) : null}
          {profile.data?.status !== "pending" && (isUnpayable || profile.data?.country === null) ? (
            <li>
              <Link to={PATHS.start}>{t("home.finish")}</Link>
            </li>
          ) : null}
          {profile.data?.openUpgrade ? (
            <li>{t("home.upgradeWaits", { tier: profile.data.openUpgrade.toTier.replace("tier", "") })}</li>
          ) : null}
          {profile.data?.status === "active" && may("own:referrals:write") ? (
            <li>
              <Link to={PATHS.links}>{t("home.anotherLink")}</Link>
            </li>
          ) : null}
        </ul>
      )}
    </Loaded>
  );
}
