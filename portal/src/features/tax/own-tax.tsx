import { Button } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import type { components } from "@tributary/sdk";
import { useState } from "react";
import { Allowed } from "../../app/allowed.tsx";
import { useMe } from "../../app/me.ts";
import { read, useAct } from "../../app/queries.ts";
import { useUrlState } from "../../app/url-state.ts";
import { t } from "../../i18n/messages.ts";
import { formatDay } from "../../ui/dates.ts";
import { Empty } from "../../ui/empty.tsx";
import { Facts } from "../../ui/facts.tsx";
import { Loaded } from "../../ui/loaded.tsx";
import { Moment } from "../../ui/moment.tsx";
import { formatMoney } from "../../ui/money.ts";
import { Page } from "../../ui/page.tsx";
import { Panel } from "../../ui/panel.tsx";
import { Problem } from "../../ui/problem.tsx";
import stack from "../../ui/stack.module.css";
import { StatusMark } from "../../ui/status.tsx";
import { Tabs } from "../../ui/tabs.tsx";
import { toast } from "../../ui/toast.tsx";
import { OwnDocuments } from "./own-documents.tsx";
import { SignForm } from "./sign-form.tsx";
import classes from "./tax.module.css";
import { FORM_NAMES, FORM_STATES } from "./tax-words.ts";

type Own = components["schemas"]["OwnTax"];
const TABS = [
  ["form", t("tax.tab.form")],
  ["documents", t("tax.tab.documents")],
] as const;

/** A partner's tax form, and what follows from it; its documents. */
export default function OwnTax() {
  const { search, change } = useUrlState();
  const tab = search.tab ?? "form";
  const { may } = useMe();
  const own = useQuery({ ...read("getOwnTax"), enabled: may("own:tax:read") });
  if (!may("own:tax:read")) return <Page title={t("nav.tax")}>{t("team.notYours")}</Page>;
  return (
    <Page title={t("nav.tax")}>
      <Tabs tabs={TABS} value={tab} onChange={(to) => change({ tab: to })} />
      <Loaded query={own}>
        {(data) =>
          tab === "documents" ? (
            <>
              <OwnDocuments />
              <Delivery tax={data} />
            </>
          ) : (
            <OwnForm tax={data} />
          )
        }
      </Loaded>
    </Page>
  );
}

/** The form alone, as a step of setting up. */
export function OwnTaxForm() {
  const own = useQuery(read("getOwnTax"));
  return <Loaded query={own}>{(data) => <OwnForm tax={data} />}</Loaded>;
}

function OwnForm({ tax }: { readonly tax: Own }) {
  const { form, state } = tax;
  const [isSigning, setSigning] = useState(false);
  const isAsked = form === null || state === "expired";
  return (
    <>
      <Panel title={t("tax.current")} aside={<StatusMark look={FORM_STATES[state]} />}>
        <div className={stack.stack}>
          {form === null ? (
            <Empty title={t("tax.none")} text={t("tax.noneText")} />
          ) : (
            <Facts
              facts={[
                [t("tax.formName"), <bdi key="k">{FORM_NAMES[form.kind]}</bdi>],
                [t("tax.name"), <bdi key="n">{form.name}</bdi>],
                form.tin ? [t("tax.tin"), <bdi key="t">{form.tin}</bdi>] : null,
                [t("tax.signed"), <Moment key="s" at={form.signedAt} as="time" />],
                [t("tax.signedBy"), <bdi key="b">{form.signatureName}</bdi>],
                form.validUntil ? [t("tax.validUntil"), formatDay(form.validUntil)] : null,
              ]}
            />
          )}
          <Effects tax={tax} />
          {isAsked || isSigning ? null : (
            <Allowed scope="own:tax:write">
              <Button variant="default" onClick={() => setSigning(true)}>
                {t("tax.signAnother")}
              </Button>
            </Allowed>
          )}
        </div>
      </Panel>
      {isAsked || isSigning ? (
        <Panel title={t("tax.sign")}>
          <Allowed scope="own:tax:write" isExplained>
            <SignForm tax={tax} onDone={() => setSigning(false)} />
          </Allowed>
        </Panel>
      ) : null}
    </>
  );
}

/** What the form, or the want of one, means for payouts. */
function Effects({ tax: { state, payoutsWait, threshold, withholding } }: { readonly tax: Own }) {
  const isGood = state === "valid" || state === "expiring";
  const percent = withholding === null ? "" : `${Math.round(withholding.rate * 1000) / 10} %`;
  return (
    <>
      {withholding ? <p className={classes.effect}>{t(`tax.withheld.${withholding.reason}`, { percent })}</p> : null}
      {isGood || payoutsWait === "never" ? null : (
        <p className={classes.effect}>
          {payoutsWait === "always"
            ? t("tax.waits.always")
            : t("tax.waits.at_threshold", { amount: `${formatMoney(threshold, "USD")} USD` })}
        </p>
      )}
    </>
  );
}

/** Documents on paper or electronically: agreed to with the disclosure before the eyes. */
function Delivery({ tax: { consentedAt, consent } }: { readonly tax: Own }) {
  const choose = useAct("chooseTaxDelivery", {
    touches: ["getOwnTax"],
    onDone: () => toast(t("tax.delivery.done")),
  });
  return (
    <Panel title={t("tax.delivery")}>
      {consentedAt ? (
        <p>
          {t("tax.delivery.electronic")} <Moment at={consentedAt} as="time" />
        </p>
      ) : (
        <p>{t("tax.delivery.paper")}</p>
      )}
      <div className={classes.text} lang="en" dir="ltr">
        {consent.text}
      </div>
      {choose.error ? <Problem error={choose.error} /> : null}
      <Allowed scope="own:tax:write" isExplained>
        <Button
          variant={consentedAt ? "default" : "filled"}
          disabled={choose.isPending}
          onClick={() =>
            choose.mutate({
              body: consentedAt ? { isElectronic: false } : { isElectronic: true, consent: consent.version },
            })
          }
        >
          {t(consentedAt ? "tax.delivery.withdraw" : "tax.delivery.agree")}
        </Button>
      </Allowed>
    </Panel>
  );
}
