/** Text that is HTML already: made by `html` alone, so that everything else is escaped where it is put in. */
export class Html {
  readonly text: string;
  constructor(text: string) {
    this.text = text;
  }
  toString(): string {
    return this.text;
  }
}

export type Renderable = Html | string | number | bigint | null | undefined | false | readonly Renderable[];

/** Builds HTML from a template. What is put in is escaped, for text and for quoted attributes, unless it is `Html` itself. */
export function html(parts: TemplateStringsArray, ...values: readonly Renderable[]): Html {
  return new Html(parts.reduce((text, part, index) => text + part + render(values[index]), ""));
}

const ESCAPES: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&#39;",
};

const escapeText = (text: string): string => text.replace(/[&<>"']/g, (character) => ESCAPES[character] ?? character);

function render(value: Renderable): string {
  if (value === undefined || value === null || value === false) return "";
  if (value instanceof Html) return value.text;
  if (isList(value)) return value.map(render).join("");
  return escapeText(String(value));
}

const isList = (value: Renderable): value is readonly Renderable[] => Array.isArray(value);
