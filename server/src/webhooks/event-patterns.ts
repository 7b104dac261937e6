/** What an endpoint may ask for: a type (`payout.completed`), a group (`payout.*`), or everything (`*`). */
export type EventPattern = string;

export const groupOf = (type: string): string => type.split(".")[0] ?? type;

/** Whether a type is among what was asked for. */
export const isWanted = (type: string, patterns: readonly EventPattern[]): boolean =>
  patterns.some((pattern) => pattern === "*" || pattern === type || pattern === `${groupOf(type)}.*`);
