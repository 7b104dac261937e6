/** One for each event and rule of a partner, whatever act it is assessed under. */
export const earningKey = (transactionId: string, rule: string): string => `${transactionId} ${rule}`;
