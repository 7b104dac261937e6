import type { PATHS } from "../paths.ts";

const SHAPES: Readonly<Partial<Record<keyof typeof PATHS | "more", string>>> = {
  home: "M2.5 7.5 8 3l5.500 4.500V13h-11z",
  links:
    "M6.500 9.500 9.500 6.500M7 4.500 8.500 3a3 3 0 0 1 4.500 4.500L11.500 9M9 11.500 7.500 13A3 3 0 0 1 3 8.500L4.500 7",
  referrals: "M8 7a2.500 2.500 0 1 0 0-5 2.500 2.500 0 0 0 0 5M3 14c0-3 2-5 5-5s5 2 5 5",
  sales: "M2.5 3h2l1.500 7.500h6L13.500 5H5M6.500 13.500h0M11.500 13.500h0",
  commissions:
    "M3 13 13 3M5 6.500a1.500 1.500 0 1 0 0-3 1.500 1.500 0 0 0 0 3M11 12.500a1.500 1.500 0 1 0 0-3 1.500 1.500 0 0 0 0 3",
  disputes: "M3 3h10v7H8l-3 3v-3H3z",
  fraud: "M8 2 13 4v4c0 3-2 5-5 6-3-1-5-3-5-6V4zM8 5.500v3M8 10.500v.5",
  support: "M2 3.500h12v9H2zM2 4l6 5 6-5",
  leads: "M3 13.500V2.500h9l-2 3 2 3H3",
  materials: "M2.500 3h11v10h-11zM2.500 11l3-3 2.500 2.500L11 7l2.500 2.500",
  payouts: "M2 4h12v8H2zM2 7h12",
  fees: "M4 2.500h8v11l-2-1.500-2 1.500-2-1.500-2 1.500zM6 6h4M6 8.500h4",
  tax: "M4 2.500h8v11H4zM6.500 10.500 9.500 5.500M6.500 6h0M9.500 10h0",
  cards: "M2 4h12v8.500H2zM2 6.500h12M4.500 10h3",
  reports: "M3 13V8M7 13V3M11 13V6M14 13H2",
  developers: "m5 4-3 4 3 4M11 4l3 4-3 4",
  settings:
    "M3 5h6M12 5h1M3 11h1M7 11h6M10.500 6.500a1.500 1.500 0 1 0 0-3 1.500 1.500 0 0 0 0 3M5.500 12.500a1.500 1.500 0 1 0 0-3 1.500 1.500 0 0 0 0 3",
  partners:
    "M6 7a2.200 2.200 0 1 0 0-4.400A2.200 2.200 0 0 0 6 7M2 13c0-2.500 1.500-4 4-4s4 1.500 4 4M11 8.500c2 0 3 1.300 3 3.500M10.500 6.500a1.800 1.800 0 1 0 0-3.600",
  subOperators:
    "M2.500 13.500h11M3.500 13.500V6M6.500 13.500V6M9.500 13.500V6M12.500 13.500V6M2.500 6 8 2.500 13.500 6z",
  plans: "M4 2.500h8v11H4zM6 5.500h4M6 8h4M6 10.500h2",
  screening: "M8 2 3 4v4c0 3 2 5 5 6 3-1 5-3 5-6V4zM6 8l1.500 1.500L10.500 6.500",
  agreements: "M4 2.500h6l2 2v9H4zM6 7h4M6 9h4M6 11h2",
  team: "M8 7a2.500 2.500 0 1 0 0-5 2.500 2.500 0 0 0 0 5M3 14c0-3 2-5 5-5s5 2 5 5",
  audit: "M4 2.500h8v11H4zM6.500 6l1 1 2-2M6.500 10l1 1 2-2",
  privacy: "M8 2l5 2v4c0 3-2 5-5 6-3-1-5-3-5-6V4z",
  more: "M3 5h10M3 8h10M3 11h10",
};

/** The mark of a page in the navigation; its name stands beside it. */
export function NavIcon({ name }: { readonly name: keyof typeof PATHS | "more" }) {
  return (
    <svg
      width="16"
      height="16"
      viewBox="0 0 16 16"
      fill="none"
      stroke="currentColor"
      strokeWidth="1.3"
      strokeLinecap="round"
      strokeLinejoin="round"
      aria-hidden="true"
    >
      <path d={SHAPES[name]} />
    </svg>
  );
}
