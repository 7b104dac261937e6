import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { PATHS } from "../../app/paths.ts";
import { read } from "../../app/queries.ts";
import { t } from "../../i18n/messages.ts";

/** Tells a partner, before anything is typed, that its terms include none of some features, and where to ask for them. */
export function TierNote({ anyOf }: { readonly anyOf: readonly string[] }) {
  const { data } = useQuery(read("getPartnerProfile"));
  if (data === undefined || data.terms.features.some((one) => anyOf.includes(one))) return null;
  return (
    <div role="note">
      <p>{t("developers.notIncluded")}</p>
      <Link to={PATHS.settings} search={{ tab: "terms" }}>
        {t("developers.askTier")}
      </Link>
    </div>
  );
}
