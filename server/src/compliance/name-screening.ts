import type { Ctx } from "../platform/context.ts";
import type { SanctionsEntry } from "./ofac-entry.ts";
import type { Encoding, ListFile } from "./ofac-files.ts";
import type { AskedName } from "./screening-rules.ts";

/** Where a version of the list came from. */
export type ListSource = "ofac" | "watchman";

/** An entry that a name may mean. */
export type ListHit = {
  readonly entryId: string;
  /** Of the entry's content. */
  readonly entryHash: string;
  /** Null where the name could not be compared at all: a person has to. */
  readonly entry: SanctionsEntry | null;
  /** That of the entry's names which is most like the one asked for. */
  readonly matchedName: string | null;
  /** 0 to 1, by the names alone; 0 of who is found by a number alone. */
  readonly score: number | null;
};

/** A name of which nothing can be said. */
export const UNREADABLE: ListHit = {
  entryId: "unreadable",
  entryHash: "unreadable",
  entry: null,
  matchedName: null,
  score: null,
};

/** What a source says of its list as it is now. */
export type ListNews =
  | {
      readonly source: "ofac";
      readonly files: readonly ListFile[];
      readonly encoding: Encoding;
      readonly asOf: Date;
      /** When the source last had nothing newer. */
      readonly confirmedAt: Date;
    }
  | { readonly source: "watchman"; readonly contentHash: string; readonly entries: number; readonly asOf: Date };

/** Whom names may mean on a sanctions list. Never called in a transaction: it may ask over the network. */
export type NameScreening = {
  /** Undefined where nothing was configured that could be asked: then lists come by hand. Throws where the source does not answer as it should. */
  askForNews(ctx: Ctx): Promise<ListNews | undefined>;
  /**
   * The hits of each name, in the order given, of entries of version `version`: those with a name that is `alertAt` alike, and those that have one of
   * its numbers. Where `since` is given, of those alone that are new or other since that one. Throws where it cannot say: nobody is cleared by silence.
   */
  screen(
    ctx: Ctx,
    subjects: readonly AskedName[],
    of: { readonly version: bigint; readonly since: bigint | null; readonly alertAt: number },
  ): Promise<readonly (readonly ListHit[])[]>;
};
