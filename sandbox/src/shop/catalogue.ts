/** What the shop sells, in minor units. */
export type Product = {
  readonly id: string;
  readonly name: string;
  readonly amount: number;
  readonly currency: string;
  readonly isMonthly: boolean;
  readonly pitch: string;
  readonly points: readonly string[];
};

export const BRAND = "Fernbill";

export const PRODUCTS: readonly Product[] = [
  {
    id: "solo",
    name: "Solo",
    amount: 12_00,
    currency: "USD",
    isMonthly: true,
    pitch: "For one person and a handful of clients.",
    points: ["20 invoices a month", "Reminders that stay polite", "Your bookkeeper's export"],
  },
  {
    id: "studio",
    name: "Studio",
    amount: 29_00,
    currency: "USD",
    isMonthly: true,
    pitch: "For a team that bills by the project.",
    points: ["Invoices without a limit", "Five people, one set of books", "Deposits and part payments"],
  },
  {
    id: "clean-start",
    name: "Clean start",
    amount: 149_00,
    currency: "USD",
    isMonthly: false,
    pitch: "We bring over what you have.",
    points: ["Clients and open invoices moved", "Numbers go on where they stopped", "Done in two working days"],
  },
];

export const findProduct = (id: string): Product | undefined => PRODUCTS.find((product) => product.id === id);
