import { useList } from "../../app/queries.ts";
import { t } from "../../i18n/messages.ts";
import { formatDate } from "../../ui/dates.ts";

/**
 * Says, before a version is published, which ones that are planned for a later day never hold then: of two whose day has come the one published last does.
 * `from` is the first instant of the one that is published; null is now, or before.
 */
export function OvertakenPlans({ from }: { readonly from: string | null }) {
  const { rows } = useList("listPlans", { sort: "-createdAt" });
  const overtaken = rows.filter(
    ({ state, effectiveFrom }) =>
      state === "scheduled" && effectiveFrom !== null && (from === null || new Date(effectiveFrom) >= new Date(from)),
  );
  return overtaken.map(({ id, version, effectiveFrom }) => (
    <p key={id} role="note">
      {t("plan.overtakes", { version: version ?? 0, day: formatDate(effectiveFrom ?? "") })}
    </p>
  ));
}
