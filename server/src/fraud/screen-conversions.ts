import type { Tx } from "../platform/database/index.ts";
import type { DomainEvent } from "../platform/outbox/index.ts";
import { insertEvaluation } from "./evaluation-repository.ts";
import type { FraudDeps } from "./fraud-deps.ts";
import { asksAbout, judge } from "./fraud-rules.ts";
import { gatherConversions } from "./gather-facts.ts";
import { openCase } from "./open-case.ts";
import { findRuleSet } from "./rule-set-repository.ts";
import { insertLinks } from "./signal-repository.ts";

/**
 * Listens to `referral.converted`, inside its transaction, which holds the customer and the partner's sequence: what a conversion looks like is judged before
 * anything is earned on it. It is never refused and never lost; a hold is the next act of the sequence, so that a replay holds it too. What was
 * imported happened elsewhere, and is left alone.
 */
export const screenConversions =
  (deps: FraudDeps) =>
  async (tx: Tx, events: readonly DomainEvent[]): Promise<void> => {
    const converted = events
      .map(({ data }) => data as { readonly id: string; readonly source: string })
      .filter(({ source }) => source !== "import");
    if (converted.length === 0) return;
    const set = await findRuleSet(tx);
    if (!asksAbout(set, "conversion")) return;
    for (const { conversion, facts, signals, sharers } of await gatherConversions(
      deps,
      tx,
      converted.map(({ id }) => id),
    )) {
      const { id: subjectId, partnerId, convertedAt: at } = conversion;
      const judgement = judge(set, facts, partnerId);
      const evaluation = await insertEvaluation(tx, {
        subjectId,
        partnerId,
        version: set.version,
        facts,
        judgement,
        signals: { at, values: signals },
      });
      await insertLinks(tx, { partnerId, at, sharers });
      if (evaluation === undefined) continue;
      const family = [{ id: subjectId, partnerId }];
      await openCase(deps, tx, { evaluation, subjectKind: "referral", subjectId, partnerId, family });
    }
  };
