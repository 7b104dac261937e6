import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { cleanSvg, looksLikeSvg } from "./clean-svg.ts";

const XMLNS = 'xmlns="http://www.w3.org/2000/svg"';
const svg = (inner: string, attributes = ""): string => `<svg ${XMLNS}${attributes}>${inner}</svg>`;
const PATH = '<path d="M0 0h24v24H0z" fill="#4453d6"></path>';

describe("an SVG mark", () => {
  it("keeps what draws it", () => {
    const whole = svg(
      `<defs><linearGradient id="a" x1="0" gradientUnits="userSpaceOnUse" gradientTransform="rotate(45 1 2)"><stop offset="50%" stop-color="rgb(1, 2, 3)"></stop></linearGradient></defs><g clip-path="url(#c)"><circle cx="1.5" cy="-2e3" r="4" fill="url(#a)"></circle>${PATH}</g>`,
      ' viewBox="0 0 24 24" width="24" height="24"',
    );
    expect(cleanSvg(whole)).toBe(whole);
  });

  it("has its styles made attributes, and is drawn without declarations, comments and words", () => {
    const exported = `\ufeff<?xml version="1.0"?><!DOCTYPE svg [<!ENTITY x "y">]><!-- made by hand --><svg ${XMLNS} xmlns:xlink="http://www.w3.org/1999/xlink" width="24"><title>Acme</title><metadata><rdf>by me</rdf></metadata><path style="fill:#00ff00;stroke : none;behavior:url(x.htc);filter:url(#f)" d="M0 0"/>&x;</svg>`;
    expect(cleanSvg(exported)).toBe(svg('<path d="M0 0" fill="#00ff00" stroke="none"></path>', ' width="24"'));
  });

  it.each([
    ["a script", `<script>alert(1)</script>${PATH}`],
    ["a script in CDATA", `<script><![CDATA[alert(1)]]></script>${PATH}`],
    ["an event handler", PATH.replace("<path", '<path onload="alert(1)" onclick="alert(1)"')],
    ["a page within", `<foreignObject><body onload="alert(1)"><script>alert(1)</script></body></foreignObject>${PATH}`],
    ["an image from elsewhere", `<image href="https://evil.test/x.png"/>${PATH}`],
    ["an image as data", `<image xlink:href="data:image/svg+xml;base64,PHN2Zz4="/>${PATH}`],
    ["a use of another file", `<use href="https://evil.test/x.svg#a"/>${PATH}`],
    ["a use of itself", `<use href="#a"/>${PATH}`],
    ["a link", `<a href="javascript:alert(1)">${PATH}</a>`],
    ["a style sheet", `<style>@import url(https://evil.test/x.css); path { fill: url(//evil.test/x) }</style>${PATH}`],
    [
      "an animation of an address",
      `<animate attributeName="href" to="javascript:alert(1)"/><set onbegin="alert(1)"/>${PATH}`,
    ],
    ["a filter", `<filter id="f"><feImage href="https://evil.test/x"/></filter>${PATH}`],
    ["a handler", `<handler type="text/javascript">alert(1)</handler>${PATH}`],
    ["an instruction", `<?xml-stylesheet href="https://evil.test/x.css"?>${PATH}`],
  ])("has %s taken out", (what, inner) => {
    const clean = cleanSvg(svg(inner)) ?? "";
    expect(clean).toContain("<path");
    expect(clean).not.toMatch(/script|alert|evil|href|on[a-z]+=|data:|style|foreign|<\?|<!|filter/i);
    expect([what, cleanSvg(clean)]).toEqual([what, clean]);
  });

  it.each([
    ["a fill from elsewhere", "url(https://evil.test/x.svg#a)"],
    ["a fill that escapes", "u\\72l(https://evil.test)"],
    ["two addresses", "url(#a) url(//evil.test)"],
    ["a quoted address", "url('https://evil.test')"],
    ["an expression", "expression(alert(1));x:y"],
    ["an address in an image", "image-set(url(x))"],
  ])("loses %s", (_, value) => {
    expect(cleanSvg(svg(`<path d="M0 0" fill="${value}" style="stroke:${value}"/>`))).toBe(
      svg('<path d="M0 0"></path>'),
    );
  });

  it.each([
    ["nothing that draws", svg("<script>alert(1)</script>")],
    ["no root", PATH],
    ["a drawing too deep", svg(`${"<g>".repeat(30)}${PATH}${"</g>".repeat(30)}`)],
  ])("of %s is refused", (_, text) => {
    expect(cleanSvg(text)).toBeUndefined();
  });

  it("draws nothing through what is itself drawn through something: of a chain of them a browser would draw for years", () => {
    const chained = (kind: string, attribute: string): string =>
      Array.from({ length: 20 }, (_, turn) => {
        const next = ` ${attribute}="url(#m${turn + 1})"`;
        return `<${kind} id="m${turn}"${next}><g${next}><path d="M0 0" style="${attribute}:url(#m${turn + 1})"/></g></${kind}>`;
      }).join("");
    for (const [kind, attribute] of [
      ["mask", "mask"],
      ["clipPath", "clip-path"],
      ["mask", "clip-path"],
    ] as const) {
      const clean =
        cleanSvg(svg(`<defs>${chained(kind, attribute)}</defs><g ${attribute}="url(#m0)">${PATH}</g>`)) ?? "";
      expect(clean.match(/url\([^)]*\)/g)).toEqual(["url(#m0)"]);
      expect(cleanSvg(clean)).toBe(clean);
    }
  });

  it("within a page is the drawing alone", () => {
    expect(cleanSvg(`<html><body onload="alert(1)">${svg(PATH)}</body></html>`)).toBe(svg(PATH));
  });

  it("whatever it is made of, is refused or holds nothing but what draws", () => {
    const piece = fc.oneof(
      fc.string({ unit: "binary" }),
      fc.constantFrom(
        "<",
        ">",
        '"',
        "'",
        "/",
        "<svg>",
        "<path d='M0 0'/>",
        "<script>",
        "</svg>",
        "onload=",
        "&lt;",
        "]]>",
        "<!--",
        "url(",
      ),
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 30 }), (pieces) => {
        const clean = cleanSvg(svg(`${PATH}${pieces.join("")}`));
        if (clean === undefined) return;
        const tags = [...clean.matchAll(/<\/?([^\s>/]*)/g)].map(([, name]) => name);
        expect(tags.filter((name) => !/^(svg|path)$/.test(name ?? ""))).toEqual([]);
        expect(clean).not.toMatch(/\son\w+\s*=/i);
        expect(cleanSvg(clean)).toBe(clean);
      }),
    );
  });
});

describe("what is meant to be SVG", () => {
  it.each([
    [true, "<svg/>".replace("/", " ")],
    [true, `\ufeff<?xml version="1.0"?>\n<!-- x -->\n<svg width="1">`],
    [false, "svg"],
    [false, "<html>"],
    [false, "plain <svg> text"],
    [false, "\u0089PNG\r\n<svg>"],
  ])("is known by how it begins: %s for %j", (is, text) => {
    expect(looksLikeSvg(Buffer.from(text))).toBe(is);
  });
});
