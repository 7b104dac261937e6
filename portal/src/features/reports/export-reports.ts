/** What can be exported: figures by day, or each referral or commission of a period. */
export const REPORTS = ["daily", "referrals", "commissions"] as const;
