import { useQuery } from "@tanstack/react-query";
import { read } from "../../app/queries.ts";
import { t } from "../../i18n/messages.ts";
import { ActButton } from "../../ui/act-button.tsx";

/** Opens the request of a payout; where nothing is available it says so. */
export function RequestButton({ onClick }: { readonly onClick: () => void }) {
  const { data } = useQuery(read("getCommissionSummary"));
  const isNothing = data?.currencies.every(({ balances }) => balances.available <= 0) ?? true;
  return (
    <ActButton why={isNothing ? t("payout.nothing") : null} onClick={onClick}>
      {t("payout.request")}
    </ActButton>
  );
}
