import type { Row } from "./page.ts";

export const titleOf = ({ id }: Row): string => id;
