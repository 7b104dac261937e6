import type { Output } from "@tributary/sdk";
import { useList } from "../../app/queries.ts";
import { t } from "../../i18n/messages.ts";
import { countryName } from "../../ui/countries.ts";
import { Facts } from "../../ui/facts.tsx";
import { Moment } from "../../ui/moment.tsx";
import { More } from "../../ui/more.tsx";
import { Problem } from "../../ui/problem.tsx";
import { Skeleton } from "../../ui/skeleton.tsx";

const AT_ONCE = 20;
type Name = Output<"listPartnerScreenings">["data"][number]["names"][number];

/** A name that the partner says no longer is kept as a hash alone: of it is known what it named, and where it stood. */
const nameWords = ({ name, kind, source }: Name): string =>
  name ??
  t("screening.earlierName", {
    kind: t(`screening.kind.${kind}`),
    source: source === null ? "—" : t(`screening.source.${source}`),
  });

/** What was compared for a partner over time, and with which versions of the list: for whoever has to show that it was. */
export function Compared({ partnerId }: { readonly partnerId: string }) {
  const list = useList("listPartnerScreenings", {}, { pageSize: AT_ONCE, path: { partnerId }, isKeptWhole: true });
  return (
    <section aria-label={t("screening.compared")}>
      <h3>{t("screening.compared")}</h3>
      {list.error ? <Problem error={list.error} retry={list.retry} /> : null}
      {list.isPending ? <Skeleton lines={3} /> : null}
      {list.rows.map(({ names, country, sinceVersion, throughVersion, firstScreenedAt, screenedAt }) => (
        <Facts
          key={`${sinceVersion} ${firstScreenedAt}`}
          facts={[
            [t("screening.name"), <bdi key="n">{names.map(nameWords).join(", ") || "—"}</bdi>],
            country === null ? null : [t("screening.country"), countryName(country)],
            [t("screening.versions"), t("screening.versionsFrom", { from: sinceVersion, to: throughVersion })],
            [t("screening.firstCompared"), <Moment key="f" at={firstScreenedAt} as="time" />],
            [t("screening.lastCompared"), <Moment key="l" at={screenedAt} as="time" />],
          ]}
        />
      ))}
      <More list={list} />
    </section>
  );
}
