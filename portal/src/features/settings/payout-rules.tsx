import { useQuery } from "@tanstack/react-query";
import { read } from "../../app/queries.ts";
import { t } from "../../i18n/messages.ts";
import { Amount } from "../../ui/amount.tsx";
import { Facts } from "../../ui/facts.tsx";
import { Loaded } from "../../ui/loaded.tsx";
import { Panel } from "../../ui/panel.tsx";

/** When money leaves by itself, above what a second person is asked, and who bears the fees. */
export default function PayoutRules() {
  const settings = useQuery(read("getPayoutSettings"));
  return (
    <Loaded query={settings}>
      {(data) => (
        <>
          <Panel title={t("settings.payouts")}>
            <Facts
              facts={[
                [t("settings.coolingOff"), t("settings.hours", { count: data.coolingOffHours })],
                [t("settings.approvalExpires"), t("settings.hours", { count: data.approvalExpiresHours })],
                [t("settings.releasesScheduled"), data.releasesScheduled ? t("yes") : t("no")],
              ]}
            />
          </Panel>
          {data.currencies.map(({ currency, approvalAbove, feeBorneBy, feeFixed, schedule }) => (
            <Panel key={currency} title={currency}>
              <Facts
                facts={[
                  [t("batch.approvalAbove"), <Amount key="a" minor={approvalAbove} currency={currency} />],
                  [t("settings.feeBorneBy"), t(`feeBearer.${feeBorneBy}`)],
                  [t("column.fee"), <Amount key="f" minor={feeFixed} currency={currency} />],
                  schedule ? [t("settings.nextDue"), schedule.nextDueOn] : null,
                ]}
              />
            </Panel>
          ))}
        </>
      )}
    </Loaded>
  );
}
