import { useQuery } from "@tanstack/react-query";
import { read } from "../../app/queries.ts";
import { t } from "../../i18n/messages.ts";
import { Loaded } from "../../ui/loaded.tsx";
import { Panel } from "../../ui/panel.tsx";
import { Terms } from "../partners/terms.tsx";

/** What holds for the partner who looks. */
export default function OwnTerms() {
  const profile = useQuery(read("getPartnerProfile"));
  return (
    <Panel title={t("terms.title")}>
      <Loaded query={profile}>{({ terms }) => <Terms terms={terms} />}</Loaded>
    </Panel>
  );
}
