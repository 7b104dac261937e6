import { useQuery } from "@tanstack/react-query";
import { api } from "../../app/api.ts";
import { useMe } from "../../app/me.ts";
import { read } from "../../app/queries.ts";
import { t } from "../../i18n/messages.ts";
import { Amount } from "../../ui/amount.tsx";
import { Facts } from "../../ui/facts.tsx";
import { Panel } from "../../ui/panel.tsx";
import { StatusMark } from "../../ui/status.tsx";
import { LimitFacts } from "./limit-facts.tsx";
import { ShareStatements } from "./share-statements.tsx";
import { LOOKS, shareWords } from "./sub-operator-words.ts";

const FIGURES = ["revenue", "share", "shareOwed", "feesCharged", "feesOwed"] as const;

/** The programme of its own that a white-label partner runs: how it stands, what it owes of it, and each month on paper. Nothing where it runs none. */
export default function OwnSubOperator() {
  const { may } = useMe();
  const { data: one } = useQuery(read("getOwnSubOperator"));
  if (one === undefined) return null;
  return (
    <Panel title={t("subOperator.own")}>
      <Facts
        facts={[
          [
            t("column.status"),
            <StatusMark key="s" look={LOOKS[one.status]} code={one.status} note={one.statusReason} />,
          ],
          [t("subOperator.name"), <bdi key="n">{one.name}</bdi>],
          [
            t("subOperator.host"),
            <span key="h" dir="ltr">
              {one.host}
            </span>,
          ],
          [t("subOperator.contracts"), one.contracts[0] ? shareWords(one.contracts[0]) : null],
        ]}
      />
      {one.figures.map((figures) => (
        <section key={figures.currency} aria-label={figures.currency}>
          <h3>{figures.currency}</h3>
          <Facts
            facts={FIGURES.map((name) => [
              t(`subOperator.${name}`),
              <Amount key={name} minor={figures[name]} currency={figures.currency} />,
            ])}
          />
          {may("own:fees:read") ? (
            <ShareStatements
              since={one.createdAt}
              currency={figures.currency}
              fetchFile={(query) => api.getOwnSubOperatorStatement({ query })}
            />
          ) : null}
        </section>
      ))}
      <section aria-label={t("subOperator.limits")}>
        <h3>{t("subOperator.limits")}</h3>
        <LimitFacts limits={one.limits} partners={one.partners} />
      </section>
    </Panel>
  );
}
