import { Link } from "@tanstack/react-router";
import type { components } from "@tributary/sdk";
import { useMe } from "../../app/me.ts";
import { PATHS } from "../../app/paths.ts";
import { t } from "../../i18n/messages.ts";
import { Amount } from "../../ui/amount.tsx";
import { formatTime } from "../../ui/dates.ts";
import { Facts } from "../../ui/facts.tsx";
import { Moment } from "../../ui/moment.tsx";
import { Status } from "../../ui/status.tsx";
import classes from "./dispute.module.css";

type Dispute = components["schemas"]["Dispute"];

/** When somebody has to act; nothing once it is settled. */
export const dueNote = ({ dueAt }: Pick<Dispute, "dueAt">): string | undefined =>
  dueAt === null ? undefined : t("dispute.due", { time: formatTime(dueAt) });

type DisputeHeadProps = { readonly dispute: Dispute; readonly currency: string | undefined };

/** Where the dispute stands, what the partner says, and what it came to. */
export function DisputeHead({ dispute, currency }: DisputeHeadProps) {
  const { isPartner } = useMe();
  const { missing, resolution, adjustedBy, commissionId, resultCommissionId } = dispute;
  return (
    <>
      <div>
        <Status of={isPartner ? "ownDispute" : "dispute"} code={dispute.status} note={dueNote(dispute)} soft />
      </div>
      <blockquote className={classes.said}>
        <bdi>{dispute.reason}</bdi>
      </blockquote>
      <Facts
        facts={[
          missing ? [t(`missing.${missing.kind}`), <bdi key="m">{missing.reference}</bdi>] : null,
          commissionId ? [t("commission.title"), <CommissionLink key="c" id={commissionId} />] : null,
          currency && dispute.kind === "commission" && dispute.resolvedAt === null
            ? [t("dispute.held"), <Amount key="h" minor={dispute.amountHeld} currency={currency} />]
            : null,
          [t("column.opened"), <Moment key="o" at={dispute.openedAt} as="time" />],
          dispute.escalatedAt
            ? [t("dispute.escalatedOn"), <Moment key="e" at={dispute.escalatedAt} as="time" />]
            : null,
          dispute.resolvedAt ? [t("dispute.resolvedOn"), <Moment key="r" at={dispute.resolvedAt} as="time" />] : null,
          resolution ? [t(isPartner ? "dispute.teamAnswer" : "dispute.answer"), <bdi key="a">{resolution}</bdi>] : null,
          adjustedBy !== null && currency
            ? [t("dispute.adjustedBy"), <Amount key="b" minor={adjustedBy} currency={currency} />]
            : null,
          resultCommissionId && resultCommissionId !== commissionId
            ? [t("dispute.result"), <CommissionLink key="n" id={resultCommissionId} />]
            : null,
        ]}
      />
    </>
  );
}

function CommissionLink({ id }: { readonly id: string }) {
  return (
    <Link to={PATHS.commissions} search={{ open: id }}>
      {t("dispute.seeCommission")}
    </Link>
  );
}
