type Block = { readonly kind: "h3" | "h4" | "p" | "li"; readonly text: string };

/** Headings, items and paragraphs; everything else stays as it was written, so that no word of a contract is lost. */
function blocksOf(text: string): Block[] {
  const blocks: Block[] = [];
  let paragraph: string[] = [];
  const close = (): void => {
    if (paragraph.length > 0) blocks.push({ kind: "p", text: paragraph.join(" ") });
    paragraph = [];
  };
  for (const line of text.split(/\r?\n/)) {
    const heading = /^(#{1,6})\s+(.*)$/.exec(line);
    const isItem = /^\s*(?:[-*+]|\d+[.)])\s+\S/.test(line);
    if (line.trim() === "" || heading !== null || isItem) close();
    if (heading !== null) blocks.push({ kind: (heading[1]?.length ?? 1) < 3 ? "h3" : "h4", text: heading[2] ?? "" });
    else if (isItem) blocks.push({ kind: "li", text: line.trim().replace(/^[-*+]\s+/, "• ") });
    else if (line.trim() !== "") paragraph.push(line.trim());
  }
  close();
  return blocks;
}

/** A text in Markdown, as far as contracts have it. It comes from the operator and is shown as text alone: no HTML, no links. */
export function Markdown({ text }: { readonly text: string }) {
  return (
    <div dir="auto">
      {blocksOf(text).map(({ kind, text: words }, at) => {
        // The text does not change while it is shown: the place of a block is its key.
        const key = `${at} ${kind}`;
        if (kind === "h3") return <h3 key={key}>{words}</h3>;
        if (kind === "h4") return <h4 key={key}>{words}</h4>;
        return (
          <p key={key} data-item={kind === "li" || undefined}>
            {words}
          </p>
        );
      })}
    </div>
  );
}
