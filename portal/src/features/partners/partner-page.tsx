import { useQuery } from "@tanstack/react-query";
import { Link, useParams } from "@tanstack/react-router";
import { Allowed } from "../../app/allowed.tsx";
import { PATHS } from "../../app/paths.ts";
import { read } from "../../app/queries.ts";
import { t } from "../../i18n/messages.ts";
import { Columns } from "../../ui/columns.tsx";
import { countryName } from "../../ui/countries.ts";
import { Facts } from "../../ui/facts.tsx";
import { Moment } from "../../ui/moment.tsx";
import { Page } from "../../ui/page.tsx";
import { Panel } from "../../ui/panel.tsx";
import { Problem } from "../../ui/problem.tsx";
import { Skeleton } from "../../ui/skeleton.tsx";
import { Status } from "../../ui/status.tsx";
import { AskPartner } from "../support/ask-partner.tsx";
import { ResetFactors } from "../team/reset-factors.tsx";
import { ChangeTerms } from "./change-terms.tsx";
import { LookAs } from "./look-as.tsx";
import { PartnerActs } from "./partner-acts.tsx";
import { PartnerFigures } from "./partner-figures.tsx";
import { PartnerMoney } from "./partner-money.tsx";
import { Terms } from "./terms.tsx";
import { Timeline } from "./timeline.tsx";

/** One partner: figures and terms, facts beside them, and everything that happened. */
export default function PartnerPage() {
  const { id } = useParams({ from: PATHS.partner });
  const { data, error, refetch } = useQuery(read("getPartner", { path: { id } }));
  if (data === undefined) {
    return (
      <Page title={t("column.partner")}>
        {error ? <Problem error={error} retry={() => void refetch()} /> : <Skeleton lines={8} />}
      </Page>
    );
  }
  return (
    <Page
      title={data.companyName ?? data.name ?? data.referralCode}
      status={<Status of="partner" code={data.status} note={data.statusReason} soft />}
      acts={
        <>
          <PartnerActs partner={data} />
          <AskPartner partnerId={id} />
          <LookAs partner={{ id, title: data.companyName ?? data.name ?? data.referralCode }} />
        </>
      }
    >
      <Columns wide>
        <div style={{ display: "grid", gap: "1rem", minInlineSize: 0 }}>
          <Allowed scope="commissions:read">
            <PartnerMoney partner={data} />
          </Allowed>
          <Panel title={t("reports.figures")} aside={t("period.12m")}>
            <PartnerFigures partnerId={id} />
          </Panel>
          <Panel title={t("terms.title")} aside={<ChangeTerms partner={data} />}>
            <Terms terms={data.terms} />
          </Panel>
          <Panel title={t("partner.timeline")}>
            <Timeline partnerId={id} />
          </Panel>
        </div>
        <Panel title={t("partner.facts")}>
          <Facts
            facts={[
              [t("field.name"), <bdi key="n">{data.name}</bdi>],
              [t("field.email"), <bdi key="e">{data.email}</bdi>],
              [t("partner.emailProved"), data.isEmailVerified ? t("yes") : t("no")],
              [t("column.type"), t(`partnerType.${data.partnerType}`)],
              [t("column.tier"), t("tier.name", { tier: data.tier.replace("tier", "") })],
              [t("column.code"), data.referralCode],
              [t("field.country"), data.country && countryName(data.country)],
              [t("column.joined"), <Moment key="j" at={data.joinedAt} as="time" />],
              [t("partner.approved"), <Moment key="a" at={data.approvedAt} as="time" />],
            ]}
          />
          <ul style={{ marginBlockStart: "1rem", display: "grid", gap: "0.5rem" }}>
            <Allowed scope="transactions:read">
              <li>
                <Link to={PATHS.sales} search={{ partnerId: id }}>
                  {t("nav.sales")}
                </Link>
              </li>
            </Allowed>
            <li>
              <Link to={PATHS.commissions} search={{ partnerId: id }}>
                {t("nav.commissions")}
              </Link>
            </li>
            <li>
              <Link to={PATHS.referrals} search={{ partnerId: id }}>
                {t("nav.referrals")}
              </Link>
            </li>
            <li>
              <Link to={PATHS.payouts} search={{ tab: "all", partnerId: id }}>
                {t("nav.payouts")}
              </Link>
            </li>
            <Allowed scope="fees:read">
              <li>
                <Link to={PATHS.fees} search={{ tab: "budgets", partnerId: id }}>
                  {t("budgets.title")}
                </Link>
              </li>
            </Allowed>
            <Allowed scope="cards:read">
              <li>
                <Link to={PATHS.cards} search={{ partnerId: id }}>
                  {t("nav.cards")}
                </Link>
              </li>
            </Allowed>
          </ul>
          <Allowed scope="users:write">
            <div style={{ marginBlockStart: "1rem" }}>
              <ResetFactors id={data.userId} name={data.name ?? data.referralCode} />
            </div>
          </Allowed>
        </Panel>
      </Columns>
    </Page>
  );
}
