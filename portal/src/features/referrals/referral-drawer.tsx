import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { Allowed } from "../../app/allowed.tsx";
import { useMe } from "../../app/me.ts";
import { PATHS } from "../../app/paths.ts";
import { read } from "../../app/queries.ts";
import { RowDrawer } from "../../app/row-drawer.tsx";
import { t } from "../../i18n/messages.ts";
import { Facts } from "../../ui/facts.tsx";
import { Loaded } from "../../ui/loaded.tsx";
import { Moment } from "../../ui/moment.tsx";
import stack from "../../ui/stack.module.css";
import { Status } from "../../ui/status.tsx";
import { Reassess } from "../commissions/reassess.tsx";
import { WhatWouldEarn } from "../commissions/what-would-earn.tsx";
import { PartnerLink } from "../partners/partner-link.tsx";
import { GiveCustomer } from "./give-customer.tsx";
import type { Referral } from "./referral-type.ts";
import { RejectReferral } from "./reject-referral.tsx";

/** One customer's way: from the visit to the qualifying payment, with what it earned. A link leads to any, wherever the list begins. */
export function ReferralDrawer({ rows }: { readonly rows: readonly Referral[] }) {
  const { isPartner } = useMe();
  return (
    <RowDrawer title={t("referral.title")} rows={rows}>
      {(id) => {
        const row = rows.find((one) => one.id === id);
        if (row !== undefined) return <Shown key={id} row={row} />;
        return isPartner ? <Own key={id} id={id} /> : <Any key={id} id={id} />;
      }}
    </RowDrawer>
  );
}

function Own({ id }: { readonly id: string }) {
  const query = useQuery(read("getReferral", { path: { id } }));
  return <Loaded query={query}>{(row) => <Shown row={row} />}</Loaded>;
}

function Any({ id }: { readonly id: string }) {
  const query = useQuery(read("getReferralFor", { path: { id } }));
  return <Loaded query={query}>{(row) => <Shown row={row} />}</Loaded>;
}

function Shown({ row }: { readonly row: Referral }) {
  return (
    <>
      <Status of="referral" code={row.status} soft />
      <Facts
        facts={[
          [t("column.customer"), <bdi key="c">{"customer" in row ? row.customer : row.externalId}</bdi>],
          "partnerId" in row ? [t("column.partner"), <PartnerLink key="p" id={row.partnerId} />] : null,
          [t("column.source"), t(`source.${row.source}`)],
          [t("column.code"), row.referralCode],
          [t("referral.came"), <Moment key="a" at={row.createdAt} as="time" />],
          [t("referral.signedUp"), <Moment key="b" at={row.convertedAt} as="time" />],
          [t("referral.paying"), <Moment key="d" at={row.qualifiedAt} as="time" />],
          row.verificationRequired ? [t("referral.verified"), <Moment key="v" at={row.verifiedAt} as="time" />] : null,
          row.rejectedAt ? [t("referral.rejected"), <Moment key="r" at={row.rejectedAt} as="time" />] : null,
          row.rejectionReason ? [t("field.reason"), row.rejectionReason] : null,
        ]}
      />
      {"partnerId" in row || row.source !== "click" ? null : <OwnClick key={row.id} id={row.id} />}
      <Link to={PATHS.commissions} search={{ referralId: row.id }}>
        {t("referral.commissions")}
      </Link>
      {"partnerId" in row || row.convertedAt === null || row.status === "rejected" ? null : (
        <WhatWouldEarn key={row.id} referralId={row.id} />
      )}
      {"partnerId" in row ? (
        <>
          {row.externalId === null ? null : (
            <Allowed scope="transactions:read">
              <Link to={PATHS.sales} search={{ q: row.externalId }}>
                {t("referral.sales")}
              </Link>
              <Link to={PATHS.sales} search={{ tab: "explain", type: "customer", q: row.externalId }}>
                {t("explain.why")}
              </Link>
            </Allowed>
          )}
          <div className={stack.row}>
            <Reassess partnerId={row.partnerId} />
            <GiveCustomer key={`give ${row.id}`} referral={row} />
            {row.status === "rejected" ? null : <RejectReferral key={row.id} id={row.id} />}
          </div>
        </>
      ) : null}
    </>
  );
}

/** Of the partner's own places, the one through which the customer came: the campaign and the sub-ids that its click carried. */
function OwnClick({ id }: { readonly id: string }) {
  const { data } = useQuery(read("getReferral", { path: { id } }));
  const click = data?.click;
  if (!click) return null;
  return (
    <Facts
      facts={[
        [t("referral.clicked"), <Moment key="c" at={click.clickedAt} as="time" />],
        click.campaign === null ? null : [t("links.campaign"), <bdi key="n">{click.campaign}</bdi>],
        ...Object.entries(click.subIds as Readonly<Record<string, string>>).map(
          ([name, value]) => [t("links.subId", { name }), <bdi key={name}>{value}</bdi>] as const,
        ),
      ]}
    />
  );
}
