import { Link } from "@tanstack/react-router";
import type { components } from "@tributary/sdk";
import { PATHS } from "../../app/paths.ts";
import { t } from "../../i18n/messages.ts";
import { formatMoney } from "../../ui/money.ts";
import { Panel } from "../../ui/panel.tsx";

type Batch = components["schemas"]["PayoutBatch"];

/** What was in a batch and was not released with it. The total that was typed counted it. */
export function LeftBehind({ batch }: { readonly batch: Batch }) {
  const { status, payouts, amount, counts, currency } = batch;
  const count = payouts - counts.reduce((sum, one) => sum + one.count, 0);
  if (status !== "released" || count <= 0) return null;
  const left = amount - counts.reduce((sum, one) => sum + one.amount, 0);
  return (
    <Panel>
      <p>{t("batch.leftBehind", { count, total: `${formatMoney(left, currency)} ${currency}` })}</p>
      <p>
        <Link to={PATHS.payouts} search={{ tab: "all", status: "pending" }}>
          {t("batch.seeHeld")}
        </Link>
      </p>
    </Panel>
  );
}
