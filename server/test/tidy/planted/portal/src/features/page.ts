import { titleOf } from "./drawer.ts";

export type Row = { readonly id: string };

export const titles = (rows: readonly Row[]): string[] => rows.map(titleOf);
