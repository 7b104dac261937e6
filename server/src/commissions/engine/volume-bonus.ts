import type { Terms } from "../../programs/index.ts";

/** The bonus of the highest threshold that the partner's clients reach; a snapshot, later growth does not change what was earned. */
export function volumeBonusPpm({ volumeBonuses }: Pick<Terms, "volumeBonuses">, clients: number): bigint {
  return volumeBonuses.findLast(({ threshold }) => threshold <= clients)?.bonusPpm ?? 0n;
}
