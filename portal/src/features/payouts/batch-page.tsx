import { useQuery } from "@tanstack/react-query";
import { useParams } from "@tanstack/react-router";
import { useMe } from "../../app/me.ts";
import { PATHS } from "../../app/paths.ts";
import { read, useList } from "../../app/queries.ts";
import { useUrlState } from "../../app/url-state.ts";
import { type MessageKey, t } from "../../i18n/messages.ts";
import { Amount } from "../../ui/amount.tsx";
import { DataTable } from "../../ui/data-table.tsx";
import { formatTime } from "../../ui/dates.ts";
import { Empty } from "../../ui/empty.tsx";
import { Facts } from "../../ui/facts.tsx";
import { Figures } from "../../ui/figures.tsx";
import { Loaded } from "../../ui/loaded.tsx";
import { Moment } from "../../ui/moment.tsx";
import { formatCount } from "../../ui/numbers.ts";
import { Page } from "../../ui/page.tsx";
import { Panel } from "../../ui/panel.tsx";
import stack from "../../ui/stack.module.css";
import { Status } from "../../ui/status.tsx";
import { BankFile } from "./bank-file.tsx";
import { BatchActs } from "./batch-acts.tsx";
import { batchState } from "./batch-state.ts";
import { BatchSteps } from "./batch-steps.tsx";
import { LeftBehind } from "./left-behind.tsx";
import { PAYOUT_COLUMNS, payoutCode } from "./payout-columns.tsx";
import { PayoutDrawer } from "./payout-drawer.tsx";
import { useLivePayouts } from "./use-live-payouts.ts";

/** A batch that waits for somebody is looked at again after this. */
const WATCHED_MS = 5_000;

/** One batch, from its preview to the last transfer; followed live while money is on its way. */
export default function BatchPage() {
  const { id } = useParams({ from: PATHS.batch });
  const { opening } = useUrlState();
  const { user, may } = useMe();
  const batch = useQuery({
    ...read("getPayoutBatch", { path: { id } }),
    // Somebody else approves it, or releases it, while this page is open.
    refetchInterval: ({ state: { data } }) =>
      data?.status === "waiting" || data?.status === "ready" ? WATCHED_MS : false,
  });
  const payouts = useList("listAllPayouts", { batchId: id, sort: "-amount" });
  const isMoving = batch.data?.status === "released" && batch.data.finishedAt === null;
  useLivePayouts(isMoving, batch.data && batchState(batch.data));
  /** Released, and to be paid by a bank that was not told yet. */
  const byBank = payouts.rows.filter(
    ({ paymentMethod, exportedAt, status, processedAt }) =>
      paymentMethod === "bank_file" &&
      exportedAt === null &&
      processedAt !== null &&
      (status === "completed" || status === "processing"),
  ).length;
  return (
    <Page
      title={t("batch.title")}
      status={batch.data ? <Status of="batch" code={batchState(batch.data)} soft /> : null}
      acts={batch.data ? <BatchActs batch={batch.data} /> : null}
    >
      <Loaded query={batch}>
        {(data) => (
          <>
            <BatchSteps batch={data} />
            {data.status === "waiting" && data.madeBy === user.id ? (
              <Panel>
                <p>{t("batch.ownSecond")}</p>
              </Panel>
            ) : null}
            <LeftBehind batch={data} />
            {byBank > 0 && may("payouts:process") ? (
              <Panel>
                <div className={stack.stack}>
                  <p>{t("batch.byBank", { count: byBank })}</p>
                  <BankFile />
                </div>
              </Panel>
            ) : null}
            <Panel>
              <Figures
                large
                figures={[
                  { label: t("batch.total"), value: <Amount minor={data.amount} currency={data.currency} /> },
                  { label: t("column.payouts"), value: formatCount(data.payouts) },
                  ...data.counts.map(({ count, amount, ...where }) => ({
                    label: t("batch.of", { count }),
                    value: <Amount minor={amount} currency={data.currency} />,
                    note: <Status of="payout" code={payoutCode(where)} />,
                  })),
                ]}
              />
            </Panel>
            <Panel>
              <Facts
                facts={[
                  [t("batch.madeBy"), handOf(data.madeAt, data.madeByName)],
                  data.approvalAbove === null
                    ? null
                    : [
                        t("batch.approvalAbove"),
                        <Amount key="l" minor={data.approvalAbove} currency={data.currency} />,
                      ],
                  data.approvedAt ? [t("batch.approvedOn"), handOf(data.approvedAt, data.approvedByName)] : null,
                  data.decisionReason ? [t("field.reason"), data.decisionReason] : null,
                  data.releasedAt ? [t("batch.releasedOn"), handOf(data.releasedAt, data.releasedByName)] : null,
                  data.expiresAt && data.status === "waiting"
                    ? [t("batch.expires"), <Moment key="e" at={data.expiresAt} as="time" />]
                    : null,
                  data.closedAt
                    ? [t(`status.batch.${data.status}` as MessageKey), <Moment key="c" at={data.closedAt} as="time" />]
                    : null,
                ]}
              />
            </Panel>
          </>
        )}
      </Loaded>
      <Panel title={t("nav.payouts")} flush>
        <DataTable
          caption={t("nav.payouts")}
          columns={PAYOUT_COLUMNS.operator}
          list={payouts}
          {...opening}
          empty={<Empty title={t("batch.nothingIn")} text={t("batch.nothingInText")} />}
        />
      </Panel>
      <PayoutDrawer rows={payouts.rows} />
    </Page>
  );
}

/** When it was done and by whom; by itself where nobody is named. */
const handOf = (at: string, who: string | null): string =>
  who === null ? t("batch.byItself", { at: formatTime(at) }) : t("batch.by", { at: formatTime(at), who });
