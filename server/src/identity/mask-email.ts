/**
 * A customer's address as partners see it: `ada@example.com` is `a…@e….com`. First letters and the last label stay; the length of what is
 * left out does not show.
 */
export function maskEmail(email: string): string {
  const at = email.lastIndexOf("@");
  if (at < 1) return "…";
  const domain = email.slice(at + 1);
  const dot = domain.lastIndexOf(".");
  const ending = dot > 0 ? domain.slice(dot) : "";
  return `${first(email)}…@${first(domain)}…${ending}`;
}

/** The first character as a person counts them, so that no pair of surrogates is cut in half. */
const first = (text: string): string => text.match(/^./u)?.[0] ?? "";
