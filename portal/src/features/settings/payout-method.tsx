import { useQuery } from "@tanstack/react-query";
import type { Output } from "@tributary/sdk";
import { Allowed } from "../../app/allowed.tsx";
import { read } from "../../app/queries.ts";
import { type MessageKey, t } from "../../i18n/messages.ts";
import { Empty } from "../../ui/empty.tsx";
import { Facts } from "../../ui/facts.tsx";
import { Loaded } from "../../ui/loaded.tsx";
import { Moment } from "../../ui/moment.tsx";
import { Panel } from "../../ui/panel.tsx";
import { Status } from "../../ui/status.tsx";
import { accountWords } from "../payouts/method-name.ts";
import { OwnSchedule } from "../payouts/own-schedule.tsx";
import { ChangeMethod } from "./change-method.tsx";
import { FinishAtStripe } from "./finish-at-stripe.tsx";

type Method = NonNullable<Output<"getPaymentMethod">>;

/** Where the money goes. Bank data is sent and not kept in the browser. */
export default function PayoutMethod() {
  const method = useQuery(read("getPaymentMethod"));
  const kinds = useQuery(read("listPaymentMethodKinds"));
  const isFirst = method.data === null;
  return (
    <>
      <Panel title={t("method.current")}>
        <Loaded query={method}>
          {(data) =>
            data === null ? <Empty title={t("method.none")} text={t("method.noneText")} /> : <Current method={data} />
          }
        </Loaded>
      </Panel>
      <Panel title={t(isFirst ? "method.add" : "method.change")}>
        <Allowed scope="own:payout-method:write" isExplained>
          <Loaded query={kinds}>{(data) => <ChangeMethod kinds={data.kinds} isFirst={isFirst} />}</Loaded>
        </Allowed>
      </Panel>
      <OwnSchedule />
    </>
  );
}

function Current({ method }: { readonly method: Method }) {
  const { kind, status, statusReason, summary, updatedAt, usableAt } = method;
  const isStripe = kind === "stripe_connect";
  const words = isStripe && statusReason !== null ? stripeReason(statusReason) : undefined;
  return (
    <>
      <Facts
        facts={[
          [t("column.method"), accountWords(summary)],
          [t("column.status"), <Status key="s" of="method" code={status} note={words ? t(words) : statusReason} />],
          [t("method.changed"), <Moment key="u" at={updatedAt} as="time" />],
          usableAt ? [t("method.usable"), <Moment key="a" at={usableAt} as="time" />] : null,
        ]}
      />
      {isStripe && status === "incomplete" && words !== "method.reason.checking" ? (
        <Allowed scope="own:payout-method:write" isExplained>
          <FinishAtStripe />
        </Allowed>
      ) : null}
    </>
  );
}

/** What Stripe says of an account that it does not pay out to yet, in words: https://docs.stripe.com/api/accounts/object `requirements.disabled_reason`. */
function stripeReason(reason: string): MessageKey {
  if (reason.endsWith("pending_verification") || reason === "under_review" || reason === "listed")
    return "method.reason.checking";
  if (reason.startsWith("requirements.") || reason.startsWith("action_required.")) return "method.reason.asked";
  if (reason.startsWith("rejected.")) return "method.reason.rejected";
  return reason === "disconnected" ? "method.reason.disconnected" : "method.reason.other";
}
