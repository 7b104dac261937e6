import { Link } from "@tanstack/react-router";
import { PATHS } from "../../app/paths.ts";
import { RowDrawer } from "../../app/row-drawer.tsx";
import { t } from "../../i18n/messages.ts";
import { Facts } from "../../ui/facts.tsx";
import { Moment } from "../../ui/moment.tsx";
import stack from "../../ui/stack.module.css";
import { Status } from "../../ui/status.tsx";
import { Reassess } from "../commissions/reassess.tsx";
import type { Referral } from "./referral-type.ts";
import { RejectReferral } from "./reject-referral.tsx";

/** One customer's way: from the visit to the qualifying payment, with what it earned. */
export function ReferralDrawer({ rows }: { readonly rows: readonly Referral[] }) {
  return (
    <RowDrawer title={t("referral.title")} rows={rows}>
      {(id) => {
        const row = rows.find((one) => one.id === id);
        return row === undefined ? null : (
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
            {"partnerId" in row ? (
              <div className={stack.row}>
                <Reassess partnerId={row.partnerId} />
                {row.status === "rejected" ? null : <RejectReferral key={row.id} id={row.id} />}
              </div>
            ) : null}
          </>
        );
      }}
    </RowDrawer>
  );
}
