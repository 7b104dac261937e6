import { Button } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { openApi } from "../../app/session.ts";
import { t } from "../../i18n/messages.ts";
import { Facts } from "../../ui/facts.tsx";
import classes from "./choose-kind.module.css";
import { approvalWords, type OfferedTier, offerFacts } from "./offer-words.ts";
import { PARTNER_TYPES, type PartnerType } from "./partner-types.ts";

/** What the programme offers, asked for by somebody who is nobody yet. */
export const useOffer = () => useQuery({ queryKey: ["getOffer"], queryFn: () => openApi.getOffer() });

/** The kinds of partner side by side: what each is, what it earns, how long approval takes, and what is asked of it. */
export function ChooseKind({ onChoose }: { readonly onChoose: (type: PartnerType) => void }) {
  const { data: offer } = useOffer();
  return (
    <ul className={classes.kinds} aria-label={t("field.partnerType")}>
      {PARTNER_TYPES.map((type) => {
        const tier = offer?.tiers.find(({ partnerType }) => partnerType === type);
        return (
          <li key={type} className={classes.kind}>
            <h2 className={classes.name}>{t(`partnerType.${type}`)}</h2>
            <p>{t(`partnerType.${type}.text`)}</p>
            {offer && tier ? <Offered tier={tier} currency={offer.currency} /> : null}
            <p className={classes.asked}>{t(`partnerType.${type}.asked`)}</p>
            <Button variant="default" className={classes.choose} onClick={() => onChoose(type)}>
              {t("register.as", { kind: t(`partnerType.${type}`) })}
            </Button>
          </li>
        );
      })}
    </ul>
  );
}

function Offered({ tier, currency }: { readonly tier: OfferedTier; readonly currency: string }) {
  return (
    <>
      <Facts facts={offerFacts(tier, currency)} />
      <p className={classes.asked}>{approvalWords(tier)}</p>
    </>
  );
}
