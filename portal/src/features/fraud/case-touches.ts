/** What a decision on a case changes elsewhere. */
export const CASE_TOUCHES = [
  "getFraudCase",
  "listFraudCases",
  "listAllReferrals",
  "listAllCommissions",
  "listAllPayouts",
] as const;
