import { Link } from "@tanstack/react-router";
import { PATHS } from "../../app/paths.ts";
import { useUrlState } from "../../app/url-state.ts";
import { t } from "../../i18n/messages.ts";
import { Facts } from "../../ui/facts.tsx";
import { Moment } from "../../ui/moment.tsx";
import { SideDrawer } from "../../ui/side-drawer.tsx";
import { Status } from "../../ui/status.tsx";
import { useRowKeys } from "../../ui/use-row-keys.ts";
import type { Referral } from "./referrals-page.tsx";

/** One customer's way: from the visit to the qualifying payment, with what it earned. */
export function ReferralDrawer({ rows }: { readonly rows: readonly Referral[] }) {
  const { search, change, close } = useUrlState();
  const row = rows.find(({ id }) => id === search.open);
  useRowKeys({ rows, openId: search.open, onStep: (open) => change({ open }) });
  return (
    <SideDrawer title={t("referral.title")} isOpen={row !== undefined} onClose={close}>
      {row ? (
        <>
          <Status of="referral" code={row.status} soft />
          <Facts
            facts={[
              [t("column.customer"), <bdi key="c">{"customer" in row ? row.customer : row.externalId}</bdi>],
              [t("column.source"), t(`source.${row.source}`)],
              [t("column.code"), row.referralCode],
              [t("referral.came"), <Moment key="a" at={row.createdAt} as="time" />],
              [t("referral.signedUp"), <Moment key="b" at={row.convertedAt} as="time" />],
              [t("referral.paying"), <Moment key="d" at={row.qualifiedAt} as="time" />],
              row.verificationRequired
                ? [t("referral.verified"), <Moment key="v" at={row.verifiedAt} as="time" />]
                : null,
              row.rejectedAt ? [t("referral.rejected"), <Moment key="r" at={row.rejectedAt} as="time" />] : null,
              row.rejectionReason ? [t("field.reason"), row.rejectionReason] : null,
            ]}
          />
          <Link to={PATHS.commissions} search={{ referralId: row.id }}>
            {t("referral.commissions")}
          </Link>
        </>
      ) : null}
    </SideDrawer>
  );
}
