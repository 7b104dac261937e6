import type { components } from "@tributary/sdk";
import { useMe } from "../../app/me.ts";
import { t } from "../../i18n/messages.ts";
import { PartnerLink } from "../partners/partner-link.tsx";
import { AssignDispute } from "./assign-dispute.tsx";
import { DisputeHead } from "./dispute-head.tsx";
import { DisputeMessages } from "./dispute-messages.tsx";
import { isUnsettled } from "./dispute-words.ts";
import { Evidence } from "./evidence.tsx";
import { currencyOf, type Evidence as EvidenceData } from "./evidence-type.ts";
import { ResolveDispute } from "./resolve-dispute.tsx";
import { WriteInDispute } from "./write-in-dispute.tsx";

/** A dispute as the team reads it: the partner's words, all that is known, what was said and noted, and the decision. */
export function DeskDispute({ dispute }: { readonly dispute: components["schemas"]["DeskDisputeDetail"] }) {
  const { may } = useMe();
  const evidence = dispute.evidence as EvidenceData;
  const mayAct = may("commissions:write") && isUnsettled(dispute.status);
  return (
    <>
      <div>
        {t("column.partner")}: <PartnerLink id={dispute.partnerId} />
      </div>
      <DisputeHead dispute={dispute} currency={currencyOf(evidence)} />
      {mayAct ? <ResolveDispute dispute={dispute} evidence={evidence} /> : null}
      <Evidence evidence={evidence} />
      <DisputeMessages messages={dispute.messages} />
      {mayAct ? <WriteInDispute id={dispute.id} /> : null}
      {mayAct ? <AssignDispute dispute={dispute} /> : null}
    </>
  );
}
