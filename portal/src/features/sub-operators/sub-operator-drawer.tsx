import { useQuery } from "@tanstack/react-query";
import type { components } from "@tributary/sdk";
import { api } from "../../app/api.ts";
import { read } from "../../app/queries.ts";
import { RowDrawer } from "../../app/row-drawer.tsx";
import { t } from "../../i18n/messages.ts";
import { Facts } from "../../ui/facts.tsx";
import { Loaded } from "../../ui/loaded.tsx";
import { Moment } from "../../ui/moment.tsx";
import { PartnerLink } from "../partners/partner-link.tsx";
import { LimitFacts } from "./limit-facts.tsx";
import { ShareList } from "./share-list.tsx";
import { ShareStatements } from "./share-statements.tsx";
import { SubOperatorActs } from "./sub-operator-acts.tsx";
import { FigureFacts, standingOf } from "./sub-operator-facts.tsx";
import { shareWords } from "./sub-operator-words.ts";

type SubOperator = components["schemas"]["SubOperator"];

/** The sub-operator that the address names. */
export const SubOperatorDrawer = ({ rows }: { readonly rows: readonly { readonly id: string }[] }) => (
  <RowDrawer title={t("subOperator.title")} rows={rows}>
    {(id) => <One id={id} />}
  </RowDrawer>
);

function One({ id }: { readonly id: string }) {
  const query = useQuery(read("getSubOperator", { path: { id } }));
  return <Loaded query={query}>{(one) => <Detail one={one} />}</Loaded>;
}

function Detail({ one }: { readonly one: SubOperator }) {
  const { limits } = one;
  return (
    <>
      <Facts facts={[...standingOf(one), [t("column.partner"), <PartnerLink key="p" id={one.partnerId} />]]} />
      {one.figures.map((figures) => (
        <section key={figures.currency} aria-label={figures.currency}>
          <h3>{figures.currency}</h3>
          <FigureFacts figures={figures} />
          <ShareStatements
            since={one.createdAt}
            currency={figures.currency}
            fetchFile={(query) => api.getSubOperatorStatement({ path: { id: one.id }, query })}
          />
        </section>
      ))}
      <section aria-label={t("subOperator.limits")}>
        <h3>{t("subOperator.limits")}</h3>
        <LimitFacts limits={limits} partners={one.partners} />
      </section>
      <section aria-label={t("subOperator.contracts")}>
        <h3>{t("subOperator.contracts")}</h3>
        <Facts
          facts={one.contracts.map((contract) => [
            shareWords(contract),
            <span key={contract.number}>
              <Moment at={contract.effectiveFrom} as="time" />, <bdi>{contract.reason}</bdi>
            </span>,
          ])}
        />
      </section>
      <ShareList id={one.id} />
      <SubOperatorActs one={one} />
    </>
  );
}
