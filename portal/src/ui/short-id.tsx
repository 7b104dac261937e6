/** The end of an id, which tells things of one list apart; the whole is in the title and what is copied. */
export function ShortId({ id }: { readonly id: string }) {
  return (
    <code dir="ltr" title={id} style={{ fontFamily: "var(--mono)", fontSize: "0.75rem" }}>
      …{id.slice(-8)}
    </code>
  );
}
