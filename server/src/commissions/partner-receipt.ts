/**
 * A receipt as its partner reads it: the programme's limit, and what all partners together had earned under it, are the operator's. That the limit cut
 * this commission is in the reason, and by how much beside what it would have been.
 */
export function partnerReceipt<Of extends object>(receipt: Of): Of {
  if (!("clauses" in receipt) || !Array.isArray(receipt.clauses)) return receipt;
  const clauses = receipt.clauses.map(({ spendLimit: _, ...clause }: { readonly spendLimit?: unknown }) => clause);
  return { ...receipt, clauses };
}
