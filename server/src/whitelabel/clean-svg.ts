import sanitizeHtml from "sanitize-html";

/** What draws, and what it is drawn with. Nothing that runs, moves, links, loads or repeats: no script, animation, `use`, image, filter, foreignObject. */
const ELEMENTS = [
  "svg",
  "g",
  "defs",
  "path",
  "rect",
  "circle",
  "ellipse",
  "line",
  "polyline",
  "polygon",
  "linearGradient",
  "radialGradient",
  "stop",
  "clipPath",
  "mask",
];
/** What a style may set: the same as attributes, so that none has to stay a style. */
const PRESENTATION = [
  "fill",
  "fill-opacity",
  "fill-rule",
  "stroke",
  "stroke-width",
  "stroke-opacity",
  "stroke-linecap",
  "stroke-linejoin",
  "stroke-miterlimit",
  "stroke-dasharray",
  "stroke-dashoffset",
  "opacity",
  "clip-path",
  "clip-rule",
  "mask",
  "stop-color",
  "stop-opacity",
  "color",
  "display",
  "visibility",
];
const GEOMETRY = [
  "id",
  "viewBox",
  "width",
  "height",
  "preserveAspectRatio",
  "transform",
  "d",
  "x",
  "y",
  "x1",
  "y1",
  "x2",
  "y2",
  "cx",
  "cy",
  "r",
  "rx",
  "ry",
  "fx",
  "fy",
  "points",
  "offset",
  "gradientUnits",
  "gradientTransform",
  "spreadMethod",
  "clipPathUnits",
  "maskUnits",
  "maskContentUnits",
];
/** Their contents are no drawing, and would be left as text. */
const WHOLLY_LEFT_OUT = ["script", "style", "title", "desc", "metadata", "text", "foreignObject"];
/** What is drawn through something, and what it is drawn through. One within another is left out: of a few hundred a browser would draw for years. */
const DRAWN_THROUGH = ["clip-path", "mask"];
const THROUGH = ["clipPath", "mask"];
/** Deeper than any drawing that a program makes of one mark. */
const DEPTH_MAX = 24;
const NAMESPACE = "http://www.w3.org/2000/svg";

/** Numbers, names, colours and paths; what makes colours and transformations of numbers; of addresses, those of a part of the same drawing alone. */
const VALUE =
  /^(?:[\w\s#%.,+-]*|url\(#[\w-]+\)|(?:(?:rgba?|hsla?|matrix|translate|scale|rotate|skew[XY])\([\d\s.,%e+-]*\)[\s,]*)+)$/i;
const DRAWS = /<(?:path|rect|circle|ellipse|line|polyline|polygon)\b/;

/** Whether bytes are meant to be SVG. */
export const looksLikeSvg = (bytes: Buffer): boolean => /^\s*<[\s\S]*<svg[\s>]|^\s*<svg[\s>]/.test(startOf(bytes));
/** What stands before the root: declarations, comments, a document type. */
const STARTS_WITHIN_BYTES = 4_096;
const startOf = (bytes: Buffer): string =>
  bytes
    .subarray(0, STARTS_WITHIN_BYTES)
    .toString("utf8")
    .replace(/^\ufeff/, "");

/**
 * A drawing made of what is named above and nothing else, whatever it was made of; undefined where nothing of it is left to show. What a
 * style says becomes attributes. Cleaning twice changes nothing.
 */
export function cleanSvg(svg: string): string | undefined {
  let through = 0;
  const clean = sanitizeHtml(svg.replace(/^\ufeff/, ""), {
    allowedTags: ELEMENTS,
    allowedAttributes: { "*": [...GEOMETRY, ...PRESENTATION], svg: [...GEOMETRY, ...PRESENTATION, "xmlns"] },
    nonTextTags: WHOLLY_LEFT_OUT,
    nestingLimit: DEPTH_MAX,
    parseStyleAttributes: false,
    allowProtocolRelative: false,
    onOpenTag: (name) => {
      if (THROUGH.includes(name)) through += 1;
    },
    onCloseTag: (name) => {
      if (THROUGH.includes(name)) through -= 1;
    },
    transformTags: {
      "*": (tagName, attributes) => {
        const plain = plainAttributes(tagName, attributes);
        return { tagName, attribs: through === 0 ? plain : without(plain, DRAWN_THROUGH) };
      },
    },
    // Text draws nothing here; it would only be carried along.
    textFilter: () => "",
    parser: { xmlMode: true, lowerCaseTags: false, lowerCaseAttributeNames: false },
  });
  const root = clean.indexOf("<svg");
  return root === 0 && DRAWS.test(clean) ? clean : undefined;
}

function plainAttributes(element: string, attributes: sanitizeHtml.Attributes): sanitizeHtml.Attributes {
  const { style = "", ...plain } = attributes;
  for (const declaration of style.split(";")) {
    const [name = "", ...rest] = declaration.split(":");
    if (PRESENTATION.includes(name.trim())) plain[name.trim()] = rest.join(":").trim();
  }
  const kept = Object.entries(plain).filter(([name, value]) => name !== "xmlns" && VALUE.test(value));
  return { ...(element === "svg" && { xmlns: NAMESPACE }), ...Object.fromEntries(kept) };
}

const without = (attributes: sanitizeHtml.Attributes, names: readonly string[]): sanitizeHtml.Attributes =>
  Object.fromEntries(Object.entries(attributes).filter(([name]) => !names.includes(name)));
