import { Button, Group } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import type { components } from "@tributary/sdk";
import { useState } from "react";
import { useMe } from "../../app/me.ts";
import { read, useAct } from "../../app/queries.ts";
import { useUrlState } from "../../app/url-state.ts";
import { t } from "../../i18n/messages.ts";
import { Amount } from "../../ui/amount.tsx";
import { formatDay } from "../../ui/dates.ts";
import { Facts } from "../../ui/facts.tsx";
import { Figures } from "../../ui/figures.tsx";
import { Loaded } from "../../ui/loaded.tsx";
import { Moment } from "../../ui/moment.tsx";
import { Problem } from "../../ui/problem.tsx";
import { ReasonDialog } from "../../ui/reason-dialog.tsx";
import { SideDrawer } from "../../ui/side-drawer.tsx";
import { StatusMark } from "../../ui/status.tsx";
import { toast } from "../../ui/toast.tsx";
import { PartnerLink } from "../partners/partner-link.tsx";
import classes from "./tax.module.css";
import { FORM_NAMES, FORM_STATES, LINE_STATES } from "./tax-words.ts";

type Standing = components["schemas"]["PartnerTax"];
/** Beyond them the drawer is no place to read: they are on the partner's payouts. */
const SHOWN_MAX = 100;

/** The partner of a year that the address names: its form, and each transfer that the year is made of. */
export function PartnerDrawer({ year }: { readonly year: number }) {
  const { search, close } = useUrlState();
  const partnerId = search.open;
  return (
    <SideDrawer title={t("tax.partnerYear", { year: String(year) })} isOpen={partnerId !== undefined} onClose={close}>
      {partnerId === undefined ? null : (
        <>
          <Payments year={year} partnerId={partnerId} />
          <Form partnerId={partnerId} />
        </>
      )}
    </SideDrawer>
  );
}

function Payments({ year, partnerId }: { readonly year: number; readonly partnerId: string }) {
  const query = useQuery(read("listTaxPayments", { path: { year, partnerId }, query: { limit: SHOWN_MAX } }));
  return (
    <Loaded query={query}>
      {({ line, data, nextCursor }) => (
        <>
          <Figures
            figures={[
              {
                label: t("tax.paid"),
                value: <Amount minor={line?.amount ?? 0} currency="USD" />,
                note: line ? <StatusMark look={LINE_STATES[line.state]} soft /> : undefined,
              },
            ]}
          />
          <Facts facts={[[t("column.partner"), <PartnerLink key="p" id={partnerId} />]]} />
          <section aria-label={t("tax.transfers")}>
            <h3>{t("tax.transfers")}</h3>
            <ul className={classes.rows}>
              {data.map((one) => (
                <li key={`${one.payoutId}-${one.act}`}>
                  <span>
                    <Moment at={one.paidAt} as="time" />
                    {one.act === "taken_back" ? `, ${t("tax.takenBack")}` : null}
                    {one.withheld === 0 ? null : (
                      <span className={classes.note}>
                        {t("tax.keptBack")} <Amount minor={one.withheld} currency={one.currency} />
                      </span>
                    )}
                  </span>
                  <Amount minor={one.amount} currency={one.currency} />
                </li>
              ))}
            </ul>
            {nextCursor === null ? null : (
              <p className={classes.hint}>{t("tax.moreTransfers", { count: SHOWN_MAX })}</p>
            )}
          </section>
        </>
      )}
    </Loaded>
  );
}

function Form({ partnerId }: { readonly partnerId: string }) {
  const query = useQuery(read("getPartnerTax", { path: { partnerId } }));
  return (
    <Loaded query={query}>
      {(standing) => (
        <section aria-label={t("tax.current")}>
          <h3>{t("tax.current")}</h3>
          <Facts
            facts={[
              [t("column.status"), <StatusMark key="s" look={FORM_STATES[standing.state]} />],
              standing.form ? [t("tax.formName"), <bdi key="f">{FORM_NAMES[standing.form.kind]}</bdi>] : null,
              standing.form ? [t("tax.name"), <bdi key="n">{standing.form.name}</bdi>] : null,
              standing.form?.tin ? [t("tax.tin"), <bdi key="t">{standing.form.tin}</bdi>] : null,
              standing.form?.validUntil ? [t("tax.validUntil"), formatDay(standing.form.validUntil)] : null,
              standing.askedAt ? [t("tax.askedAt"), <Moment key="a" at={standing.askedAt} as="time" />] : null,
              standing.partnersWithNumber > 0
                ? [t("tax.shared"), t("tax.partners", { count: standing.partnersWithNumber })]
                : null,
              standing.withholding
                ? [t("tax.withholding"), standing.withholdingReason ?? t(`tax.reason.${standing.withholding.reason}`)]
                : null,
            ]}
          />
          <Acts standing={standing} />
        </section>
      )}
    </Loaded>
  );
}

function Acts({ standing }: { readonly standing: Standing }) {
  const { may } = useMe();
  const [isOrdering, setOrdering] = useState(false);
  const ask = useAct("askForTaxForms", {
    touches: ["getPartnerTax", "listTaxLines"],
    onDone: ({ asked }) => toast(t("tax.asked", { count: asked })),
  });
  const order = useAct("orderTaxWithholding", {
    touches: ["getPartnerTax"],
    onDone: () => {
      setOrdering(false);
      toast(t("tax.withholdingDone"));
    },
  });
  if (!may("tax:write")) return null;
  const { partnerId, state } = standing;
  const isOrdered = standing.withholding?.reason === "ordered";
  return (
    <>
      <Group gap="sm">
        {state === "valid" ? null : (
          <Button
            variant="default"
            disabled={ask.isPending}
            onClick={() => ask.mutate({ body: { partnerIds: [partnerId] } })}
          >
            {t("tax.ask")}
          </Button>
        )}
        <Button variant="default" onClick={() => setOrdering(true)}>
          {t(isOrdered ? "tax.withholdingEnd" : "tax.withholdingOrder")}
        </Button>
      </Group>
      {ask.error ? <Problem error={ask.error} /> : null}
      <ReasonDialog
        title={t(isOrdered ? "tax.withholdingEnd" : "tax.withholdingOrder")}
        act={t(isOrdered ? "tax.withholdingEnd" : "tax.withholdingOrder")}
        effect={t(isOrdered ? "tax.withholdingEndText" : "tax.withholdingText")}
        isOpen={isOrdering}
        onClose={() => setOrdering(false)}
        isBusy={order.isPending}
        error={order.error}
        onSubmit={(reason) => order.mutate({ path: { partnerId }, body: { isOrdered: !isOrdered, reason } })}
      />
    </>
  );
}
