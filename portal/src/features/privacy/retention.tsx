import { useQuery } from "@tanstack/react-query";
import type { Output } from "@tributary/sdk";
import { read } from "../../app/queries.ts";
import { t } from "../../i18n/messages.ts";
import { Facts } from "../../ui/facts.tsx";
import { Loaded } from "../../ui/loaded.tsx";
import { Panel } from "../../ui/panel.tsx";
import stack from "../../ui/stack.module.css";

type Rule = Output<"getRetentionRules">["rules"][number];

/** What outlives an erasure, why, and for how long: for whoever answers a person who asks. */
export default function Retention() {
  const query = useQuery(read("getRetentionRules"));
  return (
    <Panel title={t("privacy.retention")}>
      <div className={stack.stack}>
        <p>{t("privacy.retentionText")}</p>
        <Loaded query={query}>{({ rules }) => rules.map((rule) => <Kept key={rule.rule} rule={rule} />)}</Loaded>
      </div>
    </Panel>
  );
}

function Kept({ rule: { what, why, howLong } }: { readonly rule: Rule }) {
  return (
    <section aria-label={what} style={{ inlineSize: "100%" }}>
      <h3>
        <bdi>{what}</bdi>
      </h3>
      <Facts
        facts={[
          [t("privacy.why"), <bdi key="w">{why}</bdi>],
          [t("privacy.howLong"), <bdi key="h">{howLong}</bdi>],
        ]}
      />
    </section>
  );
}
