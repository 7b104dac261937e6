import { randomInt } from "node:crypto";

/** No 0 and o, no 1, i and l: codes are read out and typed. */
const ALPHABET = "23456789abcdefghjkmnpqrstuvwxyz";
/** 31^10 codes: no one finds links by trying, and two draws do not meet. */
const CODE_LENGTH = 10;
export const LINKS_MAX = 1_000;

/** A fresh code for a link. */
export const drawCode = (): string =>
  Array.from({ length: CODE_LENGTH }, () => ALPHABET[randomInt(ALPHABET.length)]).join("");
