import type { components } from "@tributary/sdk";
import { t } from "../../i18n/messages.ts";
import { Facts } from "../../ui/facts.tsx";
import { Moment } from "../../ui/moment.tsx";
import { Status } from "../../ui/status.tsx";
import { PartnerLink } from "../partners/partner-link.tsx";
import { CaseDecision } from "./case-decision.tsx";
import { Compared } from "./compared.tsx";
import { Comparison } from "./comparison.tsx";
import classes from "./screening.module.css";

type Detail = components["schemas"]["ScreeningCaseDetail"];

/** A possible match: who it holds, what is alike, side by side, and what was decided by whom. */
export function CaseDetail({ found }: { readonly found: Detail }) {
  const { hits, votes, partnerId, status } = found;
  return (
    <>
      <Facts
        facts={[
          [t("column.status"), <Status key="s" of="screening" code={status} soft />],
          [t("column.partner"), <PartnerLink key="p" id={partnerId} />],
          [t("screening.opened"), <Moment key="o" at={found.openedAt} as="time" />],
          found.decidedAt === null ? null : [t("screening.decided"), <Moment key="d" at={found.decidedAt} as="time" />],
          [t("screening.version"), String(found.listVersion)],
        ]}
      />
      <p className={classes.note}>{t("screening.tellNobody")}</p>
      <CaseDecision found={found} />
      {votes.length > 0 ? (
        <section aria-label={t("screening.votes")}>
          <h3>{t("screening.votes")}</h3>
          <ul className={classes.votes}>
            {votes.map((vote) => (
              <li key={`${vote.userId} ${vote.votedAt}`} data-past={vote.isCurrent ? undefined : true}>
                <span>
                  <bdi>{vote.name ?? t("actor.user")}</bdi>: {t(`screening.verdict.${vote.verdict}`)}
                  {vote.isCurrent ? null : <span className={classes.note}>{t("screening.past")}</span>}
                </span>
                <span className={classes.reason}>
                  <bdi>{vote.reason}</bdi>
                </span>
                <Moment at={vote.votedAt} as="time" />
              </li>
            ))}
          </ul>
        </section>
      ) : null}
      <section aria-label={t("screening.evidence")}>
        <h3>{t("screening.evidence")}</h3>
        {hits.map((hit) => (
          <Comparison key={`${hit.entryId} ${hit.subject.kind} ${hit.subject.name} ${hit.foundAt}`} hit={hit} />
        ))}
      </section>
      <Compared partnerId={partnerId} />
    </>
  );
}
