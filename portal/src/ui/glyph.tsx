/** The marks of a status, drawn: a font's characters differ from device to device. */
export type GlyphName = "open" | "half" | "full" | "done" | "ended" | "held" | "contested";

const SHAPES: Readonly<Record<GlyphName, React.ReactNode>> = {
  open: <circle cx="5" cy="5" r="3.75" />,
  half: (
    <>
      <circle cx="5" cy="5" r="3.75" />
      <path d="M5 1.25a3.75 3.75 0 0 1 0 7.5z" fill="currentColor" stroke="none" />
    </>
  ),
  full: <circle cx="5" cy="5" r="4" fill="currentColor" stroke="none" />,
  done: <path d="M1.5 5.5 4 8l4.5-6" />,
  ended: <path d="m2 2 6 6M8 2 2 8" />,
  held: <path d="M3.2 1.5v7M6.8 1.5v7" strokeWidth="2" />,
  contested: <circle cx="5" cy="5" r="3.75" strokeDasharray="2 1.6" />,
};

export function Glyph({ name }: { readonly name: GlyphName }) {
  return (
    <svg
      width="10"
      height="10"
      viewBox="0 0 10 10"
      fill="none"
      stroke="currentColor"
      strokeWidth="1.6"
      strokeLinecap="round"
      aria-hidden="true"
    >
      {SHAPES[name]}
    </svg>
  );
}
