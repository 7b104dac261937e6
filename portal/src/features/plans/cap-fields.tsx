import { t } from "../../i18n/messages.ts";
import { AmountField } from "../../ui/parsed-field.tsx";
import type { TierFormProps } from "./tier-plan.ts";

const CAPS = ["commission", "customer", "month"] as const;
type ByCurrency = Readonly<Record<string, number>>;

/** The most that is earned: by one commission, with one customer, in a month. In the plan's currency; caps in others stay as they are. */
export function CapFields({ tier, currency, onChange, onWrong }: TierFormProps) {
  const caps = (tier.caps ?? {}) as Readonly<Partial<Record<(typeof CAPS)[number], ByCurrency>>>;
  return CAPS.map((cap) => (
    <AmountField
      key={cap}
      label={t(`plan.cap.${cap}`)}
      description={t("plan.capText")}
      currency={currency}
      initial={caps[cap]?.[currency]}
      onChange={(value) => {
        onWrong(`caps.${cap}`, value === undefined);
        if (value === undefined) return;
        const { [currency]: _, ...others } = caps[cap] ?? {};
        const ofCap = value === null ? others : { ...others, [currency]: value };
        const { [cap]: _cap, ...rest } = caps;
        onChange({ caps: Object.keys(ofCap).length === 0 ? rest : { ...rest, [cap]: ofCap } });
      }}
    />
  ));
}
