import { useQuery } from "@tanstack/react-query";
import { api } from "../../app/api.ts";
import { useMe } from "../../app/me.ts";
import { read } from "../../app/queries.ts";
import { t } from "../../i18n/messages.ts";
import { Facts } from "../../ui/facts.tsx";
import { Panel } from "../../ui/panel.tsx";
import { LimitFacts } from "./limit-facts.tsx";
import { ShareStatements } from "./share-statements.tsx";
import { FigureFacts, standingOf } from "./sub-operator-facts.tsx";
import { shareWords } from "./sub-operator-words.ts";

/** The programme of its own that a white-label partner runs: how it stands, what it owes of it, and each month on paper. Nothing where it runs none. */
export default function OwnSubOperator() {
  const { may } = useMe();
  const { data: one } = useQuery(read("getOwnSubOperator"));
  if (!one) return null;
  return (
    <Panel title={t("subOperator.own")}>
      <Facts
        facts={[
          ...standingOf(one),
          [t("subOperator.contracts"), one.contracts[0] ? shareWords(one.contracts[0]) : null],
        ]}
      />
      {one.figures.map((figures) => (
        <section key={figures.currency} aria-label={figures.currency}>
          <h3>{figures.currency}</h3>
          <FigureFacts figures={figures} />
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
