import type { components } from "@tributary/sdk";
import { t } from "../../i18n/messages.ts";
import { countryName } from "../../ui/countries.ts";
import { formatPercent } from "../../ui/numbers.ts";
import classes from "./screening.module.css";

type Hit = components["schemas"]["ScreeningCaseDetail"]["hits"][number];
type Verdict = "agrees" | "fits" | "near" | "differs";
type Row = readonly [words: string, ours: React.ReactNode, theirs: React.ReactNode, verdict?: Verdict | undefined];

const some = (texts: readonly string[] | undefined): string => (texts && texts.length > 0 ? texts.join("; ") : "—");

/** Neither side says it. */
const isSaid = (row: Row | null): row is Row => row !== null && !(row[1] === "—" && row[2] === "—");

const differs = (is: boolean): Verdict | undefined => (is ? "differs" : undefined);

/** One name of the partner beside one entry of the list. */
export function Comparison({ hit }: { readonly hit: Hit }) {
  const { subject, entry, score } = hit;
  if (entry === null) {
    return (
      <div className={classes.hit}>
        <bdi className={classes.unread}>{subject.name || "—"}</bdi>
        <p className={classes.note}>{t("screening.unreadable")}</p>
      </div>
    );
  }
  const rows: readonly (Row | null)[] = [
    [t("screening.name"), subject.name, hit.matchedName],
    [
      t("screening.kind"),
      t(`screening.kind.${subject.kind}`),
      t(`screening.kind.${entry.kind}`),
      differs(hit.kindDiffers),
    ],
    [t("screening.source"), t(`screening.source.${subject.source}`), "—"],
    [
      t("screening.country"),
      subject.country ? countryName(subject.country) : "—",
      some(entry.countries.map(countryName)),
      hit.countryAgrees ? "agrees" : differs(hit.countryDiffers),
    ],
    hit.matchedName === entry.name ? null : [t("screening.mainName"), "—", entry.name],
    [t("screening.aliases"), "—", some(entry.aliases)],
    [
      t("screening.born"),
      hit.birthDate === "unknown" ? "—" : t("screening.onForm"),
      some(entry.birthDates),
      hit.birthDate === "unknown" ? undefined : hit.birthDate,
    ],
    hit.numberAgrees ? [t("screening.number"), t("screening.onForm"), t("screening.inRemarks"), "agrees"] : null,
    [t("screening.addresses"), "—", some(entry.addresses)],
    [t("screening.programs"), "—", some(entry.programs)],
    [t("screening.remarks"), "—", entry.remarks ?? "—"],
  ];
  return (
    <div className={classes.hit}>
      <div className={classes.hitHead}>
        <bdi>{entry.name}</bdi>
        {score === null ? null : <span>{t("screening.score", { score: formatPercent(score) })}</span>}
        {hit.isNew ? <span className={classes.note}>{t("screening.isNew")}</span> : null}
      </div>
      <div className={classes.scroll} tabIndex={0} role="group" aria-label={entry.name}>
        <table className={classes.compared}>
          <thead>
            <tr>
              <td />
              <th scope="col">{t("column.partner")}</th>
              <th scope="col">{t("screening.onList")}</th>
            </tr>
          </thead>
          <tbody>
            {rows.filter(isSaid).map(([words, ours, theirs, verdict]) => (
              <tr key={words} data-differs={verdict === "differs" || undefined}>
                <th scope="row">{words}</th>
                <td>
                  <bdi>{ours}</bdi>
                </td>
                <td>
                  <bdi>{theirs}</bdi>
                  {verdict ? <span className={classes.note}>{t(`screening.${verdict}`)}</span> : null}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </div>
  );
}
