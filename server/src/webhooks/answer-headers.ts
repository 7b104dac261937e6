/** A header's name in small letters, and its value. */
export type Header = { readonly name: string; readonly value: string };

/** So much of an answer's headers is kept. */
const HEADERS_MAX = 32;
const CHARACTERS_MAX = 4_096;

/** Names of what may open something at the receiver's, which the log would show to everybody who reads it. */
const SECRET = /cookie|auth|token|secret|password|credential|session|signature|key/;
const REDACTED = "[redacted]";
/** No header has any; a line of the log is one header, whatever a parser lets through. */
const CONTROL = /[^\t -~\u0080-\uffff]/g;

type Received = Readonly<Record<string, string | string[] | undefined>>;

/** The headers of an answer as they are kept: a line each, in their order, within bounds and without secrets; the first that goes beyond them and those behind it are not. */
export function keepHeaders(received: Received): string {
  let [kept, count] = ["", 0];
  for (const name of Object.keys(received)) {
    const values = received[name];
    for (const value of typeof values === "string" ? [values] : (values ?? [])) {
      const line = `${name}: ${SECRET.test(name) ? REDACTED : value.replace(CONTROL, " ")}`;
      count += 1;
      if (count > HEADERS_MAX || kept.length + line.length >= CHARACTERS_MAX) return kept;
      kept = kept === "" ? line : `${kept}\n${line}`;
    }
  }
  return kept;
}

/** The same, read again. */
export const readHeaders = (kept: string): Header[] =>
  kept === ""
    ? []
    : kept.split("\n").map((line) => {
        const end = line.indexOf(": ");
        return { name: line.slice(0, end), value: line.slice(end + 2) };
      });
