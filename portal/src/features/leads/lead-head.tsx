import { t } from "../../i18n/messages.ts";
import { Amount } from "../../ui/amount.tsx";
import { Facts } from "../../ui/facts.tsx";
import { Moment } from "../../ui/moment.tsx";
import { PartnerLink } from "../partners/partner-link.tsx";
import { type Lead, LeadStatus } from "./lead-status.tsx";

/** Which deal it is, where it stands, and what that means for whoever reads it. */
export function LeadHead({ lead, isPartner }: { readonly lead: Lead; readonly isPartner: boolean }) {
  const { company, domain, contactName, contactEmail, status, tie } = lead;
  const means = isPartner ? ownWords(lead) : undefined;
  return (
    <>
      <LeadStatus lead={lead} isPartner={isPartner} soft />
      <h3>
        <bdi>{company}</bdi>
      </h3>
      {means === undefined ? null : <p>{means}</p>}
      <Facts
        facts={[
          isPartner ? null : [t("column.partner"), <PartnerLink key="p" id={lead.partnerId} />],
          [t("lead.domain"), domain === null ? null : <span dir="ltr">{domain}</span>],
          [t("lead.contact"), contactName === null ? null : <bdi>{contactName}</bdi>],
          [t("field.email"), contactEmail === null ? null : <span dir="ltr">{contactEmail}</span>],
          [t("lead.value"), <Amount key="v" minor={lead.expectedValue} currency={lead.currency ?? ""} />],
          [t("lead.registered"), <Moment key="r" at={lead.registeredAt} as="time" />],
          lead.endsAt === null ? null : [endWords(status), <Moment key="e" at={lead.endsAt} as="time" />],
          lead.renewals === 0 ? null : [t("lead.renewals"), String(lead.renewals)],
          tie === null ? null : [t("lead.customer"), t(`lead.tie.${tie}`)],
          lead.tiedAt === null ? null : [t("lead.tiedAt"), <Moment key="t" at={lead.tiedAt} as="time" />],
        ]}
      />
    </>
  );
}

/** What the end that is shown is the end of. */
const endWords = (status: Lead["status"]): string => {
  if (status === "conflict") return t("lead.waitsUntil");
  return t(status === "submitted" ? "lead.heldUntil" : "lead.endsAt");
};

/** What a state means that a partner may wonder about. */
function ownWords({ status, tie }: Lead): string | undefined {
  if (tie === "elsewhere") return t("lead.means.elsewhere");
  if (status === "submitted" || status === "conflict" || status === "expired") return t(`lead.means.${status}`);
  if (status === "won" && tie === null) return t("lead.means.won");
  return undefined;
}
