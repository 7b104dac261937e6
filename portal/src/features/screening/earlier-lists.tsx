import type { Output } from "@tributary/sdk";
import { useList } from "../../app/queries.ts";
import { t } from "../../i18n/messages.ts";
import { Lines } from "../../ui/lines.tsx";
import { Moment } from "../../ui/moment.tsx";
import { formatCount } from "../../ui/numbers.ts";

type SanctionsList = Output<"listSanctionsLists">["data"][number];

/** The versions of the list that have come, the newest first, and what each brought. */
export function EarlierLists() {
  const list = useList("listSanctionsLists", { sort: "-version" }, { pageSize: 10, isKeptWhole: true });
  return (
    <Lines<SanctionsList>
      title={t("screening.lists")}
      isNamedAbove
      list={list}
      empty={t("screening.noLists")}
      keyOf={(row) => String(row.version)}
      lineOf={({ version, source, entries, added, changed, removed, asOf }) => ({
        name: t("screening.versionOf", { version: String(version), entries: formatCount(entries) }),
        note: (
          <>
            {t(`screening.list.${source}`)}
            {", "}
            {t("screening.brought", {
              added: formatCount(added),
              changed: formatCount(changed),
              removed: formatCount(removed),
            })}
          </>
        ),
        figure: <Moment at={asOf} as="time" />,
      })}
    />
  );
}
