import { Link } from "@tanstack/react-router";
import type { Output } from "@tributary/sdk";
import { PATHS } from "../../app/paths.ts";
import { t } from "../../i18n/messages.ts";
import { Facts } from "../../ui/facts.tsx";
import { Moment } from "../../ui/moment.tsx";
import { Status } from "../../ui/status.tsx";
import { Touches } from "../disputes/evidence.tsx";
import { PartnerLink } from "../partners/partner-link.tsx";
import { ruleWords } from "./sale-words.ts";
import classes from "./sales.module.css";

/** Whose a customer is and why: the rule that chose, every touch that was seen, and what is missing for more to be earned. */
export function Explanation({ found }: { readonly found: Output<"explain"> }) {
  const { referral, customer, touches, former, missing } = found;
  return (
    <div className={classes.parts}>
      <p>{ruleWords(found)}</p>
      <Facts
        facts={[
          customer === null ? null : [t("column.customer"), <bdi key="c">{customer.externalId ?? customer.id}</bdi>],
          referral === null ? null : [t("column.partner"), <PartnerLink key="p" id={referral.partnerId} />],
          referral === null
            ? null
            : [
                t("referral.title"),
                <Link key="r" to={PATHS.referrals} search={{ open: referral.id }}>
                  <Status of="referral" code={referral.status} />
                </Link>,
              ],
          referral?.convertedAt ? [t("explain.tied"), <Moment key="t" at={referral.convertedAt} as="time" />] : null,
        ]}
      />
      {missing.length > 0 ? (
        <section aria-label={t("explain.missing")}>
          <h4>{t("explain.missing")}</h4>
          <ul className={classes.missing}>
            {missing.map((one) => (
              <li key={one}>
                <bdi>{one}</bdi>
              </li>
            ))}
          </ul>
        </section>
      ) : null}
      {touches.length > 0 ? <Touches touches={touches} /> : <p>{t("explain.noTouches")}</p>}
      {former.length > 0 ? (
        <section aria-label={t("explain.former")}>
          <h4>{t("explain.former")}</h4>
          <ul className={classes.rows}>
            {former.map(({ id, partnerId, reattributedAt }) => (
              <li key={id}>
                <PartnerLink id={partnerId} />
                <span>{reattributedAt ? <Moment at={reattributedAt} as="time" /> : null}</span>
              </li>
            ))}
          </ul>
        </section>
      ) : null}
    </div>
  );
}
