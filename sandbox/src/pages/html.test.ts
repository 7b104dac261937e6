import { describe, expect, it } from "vitest";
import { html } from "./html.ts";

describe("a page", () => {
  it("escapes whatever is put into text or a quoted attribute", () => {
    const evil = `"><script>alert('x')</script>&`;
    expect(html`<a title="${evil}">${evil}</a>`.text).toBe(
      `<a title="&quot;&gt;&lt;script&gt;alert(&#39;x&#39;)&lt;/script&gt;&amp;">&quot;&gt;&lt;script&gt;alert(&#39;x&#39;)&lt;/script&gt;&amp;</a>`,
    );
  });

  it("takes parts that are pages already as they are, in lists too, and leaves nothing for what is not there", () => {
    const items = ["a", "<b>"].map((item) => html`<li>${item}</li>`);
    expect(html`<ul>${items}${false}${undefined}${null}${0}</ul>`.text).toBe("<ul><li>a</li><li>&lt;b&gt;</li>0</ul>");
  });
});
