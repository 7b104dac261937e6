import { useMe } from "../../app/me.ts";
import { useList } from "../../app/queries.ts";

const HELD: readonly string[] = ["open", "refused", "appealed"];

/** The referrals of the partner that wait until a person has looked at them: what they earn does not clear by itself. */
export function useHeldReferrals(): ReadonlySet<string> {
  const { isPartner } = useMe();
  const { rows } = useList("listReviews", { sort: "-openedAt" }, { enabled: isPartner });
  return new Set(
    rows.filter(({ about, status }) => about.type === "referral" && HELD.includes(status)).map(({ about }) => about.id),
  );
}
