import { describe, expect, it } from "vitest";
import { bannerCode, checkText, fillText, materialLink } from "./material-rules.ts";

const LINK = "https://partners.example.com/r/ada?to=https%3A%2F%2Fshop.test%2F&x=1";

describe("a text", () => {
  it("has a place for the link, and none that nothing fills", () => {
    expect(checkText("Try {{link}} or {{ link }} with {{code}}")).toEqual({ ok: true });
    expect(checkText("Try it")).toEqual({ ok: false, reason: "link_missing" });
    expect(checkText("Try {{link}}, {{name}}")).toEqual({ ok: false, reason: "place_unknown", place: "name" });
  });

  it("is filled as it stands, and as HTML in which nothing but the link is markup", () => {
    const { text, code } = fillText("<b>Try</b> {{link}}\nby {{company}} & {{code}}", {
      link: LINK,
      code: "ada",
      company: '"><script>alert(1)</script>{{link}}',
    });
    expect(text).toBe(`<b>Try</b> ${LINK}\nby "><script>alert(1)</script>{{link}} & ada`);
    const address = LINK.replaceAll("&", "&amp;");
    expect(code).toBe(
      `&lt;b&gt;Try&lt;/b&gt; <a href="${address}" rel="sponsored noopener">${address}</a><br>\nby &quot;&gt;&lt;script&gt;alert(1)&lt;/script&gt;{{link}} &amp; ada`,
    );
  });
});

describe("a banner's code", () => {
  it("holds link and picture, and whatever its words are they stay words", () => {
    const image = "https://partners.example.com/m/1";
    expect(bannerCode({ link: LINK, image, alt: `A "card" <b onclick='x'>`, width: 300, height: 250 })).toBe(
      `<a href="${LINK.replaceAll("&", "&amp;")}" rel="sponsored noopener"><img src="${image}" alt="A &quot;card&quot; &lt;b onclick=&#39;x&#39;&gt;" width="300" height="250"></a>`,
    );
  });
});

describe("a material's link", () => {
  it("leads where the material says, or else where the link does", () => {
    expect(materialLink("https://p.test/r/ada", null)).toBe("https://p.test/r/ada");
    const link = new URL(materialLink("https://p.test/r/ada", "https://shop.test/a?b=1&c=2#d"));
    expect(link.searchParams.get("to")).toBe("https://shop.test/a?b=1&c=2#d");
    expect([...link.searchParams.keys()]).toEqual(["to"]);
  });
});
