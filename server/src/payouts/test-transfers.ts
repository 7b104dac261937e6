import { newId } from "../kernel/id.ts";
import type { Tx } from "../platform/database/index.ts";
import type { DomainEvent } from "../platform/outbox/index.ts";
import { findOwnMode } from "../tenants/index.ts";
import { replaceMethod, setProviderAccount } from "./method-repository.ts";
import type { TransferOrder, TransferProvider } from "./transfer-provider.ts";

/**
 * Pays in twins: it says that the money has moved, and none has. It asks nobody, and the transfer's name is the payout's and the attempt's, so asking
 * twice gives the same one.
 */
export const createTestTransfers = (): TransferProvider => ({
  name: "test",
  keyLifetimeMs: Number.POSITIVE_INFINITY,
  prepare: ({ payoutId, attempt }: TransferOrder): string => JSON.stringify({ payoutId, attempt }),
  send: async (request: string) => {
    const { payoutId, attempt } = JSON.parse(request) as Pick<TransferOrder, "payoutId" | "attempt">;
    return { kind: "confirmed", transferId: `test_${payoutId}_${attempt}` };
  },
  find: async () => [],
});

/** On `partner.created`, inside: who comes into a twin is paid by the test provider from the start. Nobody there could say where to. */
export async function giveTestMethods(tx: Tx, created: readonly DomainEvent[]): Promise<void> {
  if ((await findOwnMode(tx)) !== "test") return;
  for (const { objectId: partnerId } of created) {
    const method = await replaceMethod(
      tx,
      {
        id: newId(),
        partner_id: partnerId,
        kind: "test",
        summary: "Test account",
        status: "payable",
        details_encrypted: null,
      },
      { coolingOffMs: 0 },
    );
    await setProviderAccount(tx, method.id, method.id);
  }
}
