import { createHash } from "node:crypto";
import { DAY_MS } from "../kernel/clock.ts";
import { entryHash, type SanctionsEntry } from "./ofac-entry.ts";
import type { ListFile } from "./ofac-files.ts";

/** What stands in the way of a list, by its name in the catalogue of errors. */
export type ListRefusal = {
  readonly name: "list_older" | "list_shrunk" | "date_future";
  readonly facts: Readonly<Record<string, unknown>>;
};

export type ListHead = {
  readonly version: bigint;
  readonly contentHash: string;
  readonly asOf: Date;
  readonly entries: number;
};

export type ListDecision =
  | { readonly kind: "refused"; readonly refusal: ListRefusal }
  | { readonly kind: "unchanged" }
  | { readonly kind: "new" };

/** Lists grow and shrink by hundreds; one that has lost a tenth was cut where no check of files sees it. */
const SHRINK_MAX = 0.1;
const CLOCK_SLACK_MS = DAY_MS;

/** Whether a list comes after the one in force: not older, not one that was in force before, not a rest of it. */
export function decideList(of: {
  readonly newest: ListHead | undefined;
  /** The version that had this very content, where one had. */
  readonly same: bigint | undefined;
  readonly asOf: Date;
  readonly entries: number;
  /** A person says that it is meant, however it looks. */
  readonly isMeant: boolean;
  readonly now: Date;
}): ListDecision {
  const refuse = (name: ListRefusal["name"], facts: ListRefusal["facts"]): ListDecision => ({
    kind: "refused",
    refusal: { name, facts },
  });
  const { newest, same, asOf, entries, isMeant } = of;
  if (asOf.getTime() > of.now.getTime() + CLOCK_SLACK_MS) return refuse("date_future", { asOf });
  if (newest === undefined) return { kind: "new" };
  if (asOf < newest.asOf) return refuse("list_older", { asOf, inForce: newest.asOf });
  if (same === newest.version) return { kind: "unchanged" };
  // What was taken back the next day makes such a list, too; a mirror that has stopped is the likelier cause.
  if (same !== undefined && !isMeant)
    return refuse("list_older", { reason: `it is version ${same} again`, inForce: newest.asOf });
  if (!isMeant && entries < newest.entries * (1 - SHRINK_MAX))
    return refuse("list_shrunk", { entries, inForce: newest.entries });
  return { kind: "new" };
}

export type KeptEntry = { readonly id: string; readonly hash: string };
export type HashedEntry = { readonly entry: SanctionsEntry; readonly hash: string };

/** What a new version adds to the one in force, changes of it and leaves out. */
export function compareLists(kept: readonly KeptEntry[], read: readonly SanctionsEntry[]) {
  const before = new Map(kept.map(({ id, hash }) => [id, hash]));
  const added: HashedEntry[] = [];
  const changed: HashedEntry[] = [];
  const seen = new Set<string>();
  for (const entry of read) {
    const hash = entryHash(entry);
    const known = before.get(entry.id);
    seen.add(entry.id);
    if (known === undefined) added.push({ entry, hash });
    else if (known !== hash) changed.push({ entry, hash });
  }
  return { added, changed, removed: kept.filter(({ id }) => !seen.has(id)).map(({ id }) => id) };
}

/** Of the files together, whatever their order. */
export const filesHash = (files: readonly ListFile[]): string =>
  sha256(
    files
      .map(({ name, content }) => `${name.toLowerCase()} ${sha256(content)}`)
      .toSorted()
      .join("\n"),
  );

export const sha256 = (content: Uint8Array | string): string => createHash("sha256").update(content).digest("hex");

/** Until when a list clears anybody. */
export const staleFrom = (confirmedAt: Date, maxAgeDays: number): Date =>
  new Date(confirmedAt.getTime() + maxAgeDays * DAY_MS);
