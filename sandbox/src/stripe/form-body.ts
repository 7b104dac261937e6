/** A decoded form: a value, or values by name. Lists have their indices as names. */
export type FormValue = string | FormFields;
export type FormFields = { readonly [name: string]: FormValue };

const DEPTH_MAX = 8;
const FIELDS_MAX = 1000;

/**
 * Decodes `a[b][c]=1&list[]=x&list[0]=y`, as Stripe's v1 API takes bodies and query strings. Of a field given twice the last counts; `[]` takes the
 * next free index.
 * @throws {RangeError} when it is nested deeper, or has more fields, than any true request
 */
export function decodeForm(text: string): FormFields {
  const root = emptyFields();
  const pairs = text === "" ? [] : text.split("&");
  if (pairs.length > FIELDS_MAX) throw new RangeError("Too many parameters");
  for (const pair of pairs) {
    const equals = pair.indexOf("=");
    const name = decode(equals < 0 ? pair : pair.slice(0, equals));
    place(root, pathOf(name), equals < 0 ? "" : decode(pair.slice(equals + 1)));
  }
  return root;
}

/** One text per content, whatever the order of its fields: what idempotency compares. */
export const canonicalForm = (value: FormValue): string =>
  typeof value === "string"
    ? JSON.stringify(value)
    : `{${Object.keys(value)
        .toSorted()
        .map((name) => `${JSON.stringify(name)}:${canonicalForm(value[name] ?? "")}`)
        .join(",")}}`;

type MutableFields = { [name: string]: string | MutableFields };

/** Without a prototype, so that a field named `__proto__` is a field like any other. */
const emptyFields = (): MutableFields => Object.create(null) as MutableFields;

function pathOf(name: string): string[] {
  const [head = "", ...rest] = name.split("[");
  const path = [head, ...rest.map((part) => (part.endsWith("]") ? part.slice(0, -1) : part))];
  if (path.length > DEPTH_MAX) throw new RangeError("Parameters are nested too deeply");
  return path;
}

function place(root: MutableFields, path: readonly string[], value: string): void {
  let fields = root;
  for (const [index, step] of path.entries()) {
    const name = index > 0 && step === "" ? String(Object.keys(fields).length) : step;
    if (index === path.length - 1) {
      fields[name] = value;
      return;
    }
    const existing = fields[name];
    const next = typeof existing === "object" ? existing : emptyFields();
    fields[name] = next;
    fields = next;
  }
}

function decode(text: string): string {
  const spaced = text.replaceAll("+", " ");
  try {
    return decodeURIComponent(spaced);
  } catch {
    return spaced;
  }
}
