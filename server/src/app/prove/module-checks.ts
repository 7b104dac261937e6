import type { AuditService } from "../../audit/index.ts";
import type { CommissionService } from "../../commissions/index.ts";
import type { Database } from "../../platform/database/index.ts";
import { toWire } from "../../platform/wire.ts";
import type { ModuleCheck } from "./data-check.ts";

/** The audit trail verifies from its first row. */
export const chainCheck = (audit: AuditService): ModuleCheck => ({
  name: "the audit trail follows from its first row",
  invariant: "chained",
  run: async (ctx) => {
    const { verified, firstBreak } = await audit.verify(ctx);
    if (firstBreak === null) return { counted: verified, breaks: [] };
    const { sequence, auditId, reason } = firstBreak;
    return { counted: verified, breaks: [`row ${sequence} (${auditId ?? "gone"}): ${reason}`] };
  },
});

/** A replay of the recorded events under their recorded terms gives the books, to the unit. */
export const replayCheck = ({
  db,
  commissions,
}: {
  readonly db: Database;
  readonly commissions: Pick<CommissionService, "replay">;
}): ModuleCheck => ({
  name: "a replay of every recorded event gives the same commissions, to the unit",
  invariant: "reproducible",
  run: async (ctx) => {
    const { events, differences } = await db.read(ctx, (tx) => commissions.replay(tx));
    return {
      counted: BigInt(events),
      breaks: differences.map(
        ({ partnerId, objectId, kind, replayed, booked }) =>
          `partner ${partnerId}, ${objectId}: ${kind}; replayed ${toWire(replayed)}, booked ${toWire(booked)}`,
      ),
    };
  },
});
