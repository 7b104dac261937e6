import { t } from "../../i18n/messages.ts";
import { Status } from "../../ui/status.tsx";
import { useHeldReferrals } from "../fraud/held-referrals.ts";
import { type Commission, statusNote } from "./commission-words.ts";

/** Where a commission stands, and when or why: what waits for a review does not clear on its day. */
export function CommissionStatus({ of, soft = false }: { readonly of: Commission; readonly soft?: boolean }) {
  const held = useHeldReferrals();
  const waits = of.status === "pending" && of.referralId !== null && held.has(of.referralId);
  return (
    <Status of="commission" code={of.status} note={waits ? t("commission.inReview") : statusNote(of)} soft={soft} />
  );
}
