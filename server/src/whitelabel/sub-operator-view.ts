import { fractionFromPpm, PPM } from "../kernel/rate.ts";
import { type AccountPair, balanceKey } from "../ledger/index.ts";
import { countSubOperatorPartners, type ReadTx } from "../platform/database/index.ts";
import { limitsView } from "./sub-operator-limits.ts";
import { findContracts, type KeptContract, type SubOperator, sumShares } from "./sub-operator-repository.ts";
import { contractAt } from "./sub-operator-rules.ts";
import type { WhitelabelDeps } from "./whitelabel-deps.ts";

const contractView = ({ number, mode, parentSharePpm, effectiveFrom, reason }: KeptContract) => ({
  number,
  mode,
  parentShare: fractionFromPpm(parentSharePpm),
  revenueShare: mode === "share" ? fractionFromPpm(PPM - parentSharePpm) : null,
  effectiveFrom,
  reason,
});

/** What the API shows of sub-operators, with their figures by currency: amounts in minor units, as they are now. */
export async function subOperatorViews(
  { ledger }: Pick<WhitelabelDeps, "ledger">,
  tx: ReadTx,
  found: readonly SubOperator[],
) {
  const ids = found.map(({ id }) => id);
  const contracts = await findContracts(tx, ids);
  const partners = await countSubOperatorPartners(tx);
  const sums = await sumShares(tx, ids);
  const currencies = new Map<string, string[]>();
  for (const { id, partnerId } of found) {
    const sold = sums.filter((sum) => sum.id === id).map(({ currency }) => currency);
    currencies.set(id, [...new Set([...sold, ...(await ledger.currencies(tx, partnerId))])].toSorted());
  }
  const pairs: AccountPair[] = found.flatMap(({ id, partnerId }) =>
    (currencies.get(id) ?? []).map((currency) => ({ partnerId, currency })),
  );
  const balances = await ledger.balancesOf(tx, pairs);

  return found.map((one) => {
    const agreed = contracts.get(one.id) ?? [];
    const current = contractAt(agreed, tx.ctx.now);
    return {
      id: one.id,
      partnerId: one.partnerId,
      name: one.name,
      host: one.host,
      status: one.status,
      statusReason: one.statusReason,
      limits: limitsView(one.limits),
      partners: partners.get(one.id) ?? 0n,
      contract: current === undefined ? null : contractView(current),
      contracts: agreed.map(contractView),
      figures: (currencies.get(one.id) ?? []).map((currency) => {
        const sum = sums.find((each) => each.id === one.id && each.currency === currency);
        const balance = balances.get(balanceKey({ partnerId: one.partnerId, currency }));
        return {
          currency,
          revenue: sum?.revenue ?? 0n,
          share: sum?.share ?? 0n,
          shareOwed: balance?.share_receivable ?? 0n,
          feesCharged: balance?.fee_revenue ?? 0n,
          feesOwed: balance?.fee_receivable ?? 0n,
        };
      }),
      createdAt: one.createdAt,
      openedAt: one.openedAt,
      removedAt: one.removedAt,
    };
  });
}

export type SubOperatorView = Awaited<ReturnType<typeof subOperatorViews>>[number];
