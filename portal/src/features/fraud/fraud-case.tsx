import { Link } from "@tanstack/react-router";
import type { components } from "@tributary/sdk";
import { useMe } from "../../app/me.ts";
import { PATHS } from "../../app/paths.ts";
import { t } from "../../i18n/messages.ts";
import { Facts } from "../../ui/facts.tsx";
import { Moment } from "../../ui/moment.tsx";
import { ShortId } from "../../ui/short-id.tsx";
import { Status } from "../../ui/status.tsx";
import { PartnerLink } from "../partners/partner-link.tsx";
import { AssignCase } from "./assign-case.tsx";
import { DecideCase } from "./decide-case.tsx";
import classes from "./fraud.module.css";
import { caseNote, evidenceOf, ruleWords } from "./fraud-words.ts";

type Detail = components["schemas"]["FraudCaseDetail"];
type Finding = NonNullable<Detail["evaluation"]>["findings"][number];
type Known = Readonly<Record<string, unknown>>;

/** A case as a reviewer reads it: what was found, the customer beside the partner, where else it was seen, what the partner says. */
export function FraudCase({ found }: { readonly found: Detail }) {
  const { may } = useMe();
  const findings = found.evaluation?.findings ?? [];
  const counted = findings.filter(({ mode }) => mode === "active");
  const inShadow = findings.filter(({ mode }) => mode === "shadow");
  const isSettled = found.settledAt !== null;
  return (
    <>
      <div className={classes.head}>
        <Status of="fraud" code={found.status} note={caseNote(found)} soft />
        <span>
          {t("fraud.score")} <strong>{found.score}</strong>
        </span>
      </div>
      {found.reason ? <Facts facts={[[t("fraud.reason"), <bdi key="r">{found.reason}</bdi>]]} /> : null}
      <Said said={[found, ...found.otherPartners]} />
      {may("fraud:decide") && !isSettled ? <DecideCase found={found} /> : null}
      <Findings title={t("fraud.found")} findings={counted} />
      <Sides found={found} />
      <Accounts accounts={found.accounts} partnerId={found.partnerId} />
      <Related related={found.related} />
      {inShadow.length > 0 ? <Findings title={t("fraud.inShadow")} findings={inShadow} /> : null}
      {may("fraud:decide") && !isSettled ? <AssignCase found={found} /> : null}
    </>
  );
}

type Words = { readonly partnerId: string; readonly partnerName: string | null; readonly appeal: string | null };

/** What partners have said: whose case it is, and whoever has the customer since, or had it before. */
function Said({ said }: { readonly said: readonly Words[] }) {
  const words = said.filter(({ appeal }) => appeal !== null);
  if (words.length === 0) return null;
  return (
    <section aria-label={t("fraud.appeal")}>
      <h3>{t("fraud.appeal")}</h3>
      {words.map(({ partnerId, partnerName, appeal }) => (
        <blockquote key={partnerId} className={classes.said}>
          {said.length > 1 && partnerName ? (
            <p>
              <bdi>{partnerName}</bdi>
            </p>
          ) : null}
          <bdi>{appeal}</bdi>
        </blockquote>
      ))}
    </section>
  );
}

function Findings({ title, findings }: { readonly title: string; readonly findings: readonly Finding[] }) {
  return (
    <section aria-label={title}>
      <h3>{title}</h3>
      <ul className={classes.findings}>
        {findings.map(({ rule, points, evidence }) => (
          <li key={rule}>
            <span>{ruleWords(rule)}</span>
            <span className={classes.points}>{t("fraud.points", { points })}</span>
            <dl className={classes.evidence}>
              {evidenceOf(evidence).map(([name, value]) => (
                <div key={name}>
                  <dt>{name}</dt>
                  <dd>
                    <bdi>{value}</bdi>
                  </dd>
                </div>
              ))}
            </dl>
          </li>
        ))}
      </ul>
    </section>
  );
}

/** What is known of the customer beside what is usual of the partner. */
function Sides({ found }: { readonly found: Detail }) {
  const facts = (found.evaluation?.facts ?? {}) as Known;
  const profile = (facts["profile"] ?? null) as Known | null;
  const text = (of: Known, name: string) => {
    const value = of[name];
    return typeof value === "string" || typeof value === "number" ? <bdi>{value}</bdi> : null;
  };
  return (
    <div className={classes.sides}>
      <section aria-label={t(`fraud.${found.subjectKind}`)}>
        <h3>{t(`fraud.${found.subjectKind}`)}</h3>
        <Facts
          facts={[
            [t(`fraud.${found.subjectKind}`), <SubjectLink key="s" found={found} />],
            found.customer
              ? [t("column.customer"), <bdi key="c">{found.customer.email ?? found.customer.externalId}</bdi>]
              : null,
            "clickAgeSeconds" in facts ? [t("fraud.clickAge"), text(facts, "clickAgeSeconds")] : null,
            "network" in facts ? [t("fraud.network"), text(facts, "network")] : null,
            "referrerHost" in facts ? [t("fraud.referrer"), text(facts, "referrerHost")] : null,
            "lastDay" in facts ? [t("fraud.lastDay"), text(facts, "lastDay")] : null,
          ]}
        />
      </section>
      <section aria-label={t("column.partner")}>
        <h3>{t("column.partner")}</h3>
        <Facts
          facts={[
            [t("fraud.name"), <PartnerLink key="p" id={found.partnerId} />],
            profile ? [t("fraud.clicks30"), text(profile, "clicks")] : null,
            profile ? [t("fraud.conversions30"), text(profile, "conversions")] : null,
            profile ? [t("fraud.quick30"), text(profile, "quick")] : null,
            profile ? [t("fraud.refunds30"), text(profile, "refunds")] : null,
            "ring" in facts ? [t("fraud.ring"), text(facts, "ring")] : null,
          ]}
        />
      </section>
    </div>
  );
}

function SubjectLink({ found: { subjectKind, subjectId } }: { readonly found: Detail }) {
  return subjectKind === "payout" ? (
    <Link to={PATHS.payouts} search={{ tab: "all", open: subjectId }}>
      {t("fraud.seePayout")}
    </Link>
  ) : (
    <Link to={PATHS.referrals} search={{ open: subjectId }}>
      {t("fraud.seeReferral")}
    </Link>
  );
}

/** Who is, or was, paid to the account of a payout, for whom it is established most first. */
function Accounts({ accounts, partnerId }: Pick<Detail, "accounts" | "partnerId">) {
  if (accounts.length < 2) return null;
  return (
    <section aria-label={t("fraud.accounts")}>
      <h3>{t("fraud.accounts")}</h3>
      <ul className={classes.rows}>
        {accounts.map((one) => (
          <li key={one.partnerId}>
            <span>
              <PartnerLink id={one.partnerId} />
              {one.partnerId === partnerId ? ` ${t("fraud.thisPartner")}` : null}
              {", "}
              {one.paid > 0 ? t("fraud.accountProven", { count: one.paid }) : t("fraud.accountEntered")}
              {one.isCurrent ? null : `, ${t("fraud.accountLeft")}`}
            </span>
            <Moment at={one.since} as="time" />
          </li>
        ))}
      </ul>
    </section>
  );
}

function Related({ related }: Pick<Detail, "related">) {
  if (related.length === 0) return null;
  return (
    <section aria-label={t("fraud.related")}>
      <h3>{t("fraud.related")}</h3>
      <ul className={classes.rows}>
        {related.map(({ kind, subjectId, partnerId, at }) => (
          <li key={`${kind}-${subjectId}-${at}`}>
            <span>
              {t(`signal.${kind}`)}
              {", "}
              {subjectId === partnerId ? t("fraud.partnersOwn") : <ShortId id={subjectId} />}{" "}
              <PartnerLink id={partnerId} />
            </span>
            <Moment at={at} as="time" />
          </li>
        ))}
      </ul>
    </section>
  );
}
