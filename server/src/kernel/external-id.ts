/** What a host calls its own things: printable, well-formed text that a column and an index entry can hold (255 characters of four bytes). */
export const EXTERNAL_ID_PATTERN = "^[^\\u0000-\\u001f\\u007f\\ud800-\\udfff]{1,255}$";

const pattern = new RegExp(EXTERNAL_ID_PATTERN, "u");

/** Whether a text can be an external id. */
export const isExternalId = (text: string): boolean => pattern.test(text);
