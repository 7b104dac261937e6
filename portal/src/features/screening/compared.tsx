import { useQuery } from "@tanstack/react-query";
import { read } from "../../app/queries.ts";
import { t } from "../../i18n/messages.ts";
import { countryName } from "../../ui/countries.ts";
import { Facts } from "../../ui/facts.tsx";
import { Loaded } from "../../ui/loaded.tsx";
import { Moment } from "../../ui/moment.tsx";

/** What was compared for a partner over time, and with which versions of the list: for whoever has to show that it was. */
export function Compared({ partnerId }: { readonly partnerId: string }) {
  const query = useQuery(read("listPartnerScreenings", { path: { partnerId } }));
  return (
    <section aria-label={t("screening.compared")}>
      <h3>{t("screening.compared")}</h3>
      <Loaded query={query} lines={3}>
        {({ data }) =>
          data.map(({ names, country, sinceVersion, throughVersion, firstScreenedAt, screenedAt }) => (
            <Facts
              key={`${sinceVersion} ${firstScreenedAt}`}
              facts={[
                [
                  t("screening.name"),
                  <bdi key="n">{names.map(({ name }) => name ?? t("privacy.erasedPerson")).join(", ") || "—"}</bdi>,
                ],
                country === null ? null : [t("screening.country"), countryName(country)],
                [t("screening.versions"), t("screening.versionsFrom", { from: sinceVersion, to: throughVersion })],
                [t("screening.firstCompared"), <Moment key="f" at={firstScreenedAt} as="time" />],
                [t("screening.lastCompared"), <Moment key="l" at={screenedAt} as="time" />],
              ]}
            />
          ))
        }
      </Loaded>
    </section>
  );
}
