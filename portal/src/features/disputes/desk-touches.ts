/** What an act at the desk changes: the dispute, and what it holds. */
export const DESK_TOUCHES = ["getAnyDispute", "listAllDisputes", "getAnyCommission", "listAllCommissions"] as const;
