/** What a refusal says beside its name: the reason of a gate, the minimum, until when it waits. */
export function textOf(facts: Readonly<Record<string, unknown>> = {}): string | null {
  const { reason, status, minimum, until } = facts;
  const said = reason ?? status ?? minimum ?? (until instanceof Date ? until.toISOString() : undefined);
  return said === undefined ? null : `${said as string | bigint}`;
}
