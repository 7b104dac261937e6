import { createHash } from "node:crypto";

export type EntryKind = "person" | "organisation" | "vessel" | "aircraft";

/** Somebody on a sanctions list, as it is kept and shown as evidence. */
export type SanctionsEntry = {
  /** `<list>:<number>`; a number is never given again. */
  readonly id: string;
  readonly kind: EntryKind;
  readonly name: string;
  readonly aliases: string[];
  readonly programs: string[];
  /** ISO 3166, where addresses or nationality name one that is known. */
  readonly countries: string[];
  readonly addresses: string[];
  /** As the list writes them: `28 Jul 1963`, `circa 1957`. */
  readonly birthDates: string[];
  readonly remarks: string | null;
};

/** Alike for alike content, whatever the order in which the list names it: a change of this is a change of the entry. */
export const entryHash = (entry: SanctionsEntry): string =>
  createHash("sha256")
    .update(
      JSON.stringify([
        entry.kind,
        entry.name,
        entry.aliases.toSorted(),
        entry.programs.toSorted(),
        entry.countries.toSorted(),
        entry.addresses.toSorted(),
        entry.birthDates.toSorted(),
        entry.remarks,
      ]),
    )
    .digest("hex");
