import { Type } from "typebox";
import { Id, Line } from "../http/index.ts";
import { FILE_BYTES_MAX } from "./check-file.ts";

const BASE64_MAX = Math.ceil(FILE_BYTES_MAX / 3) * 4;

/** A file in: inside JSON, so that a message and its files come, or do not come, together. */
export const FileInput = Type.Object(
  {
    name: Line({
      minLength: 1,
      maxLength: 255,
      description: "What it is called; it is kept without folders and signs",
    }),
    content: Type.String({
      minLength: 1,
      maxLength: BASE64_MAX,
      pattern: "^[A-Za-z0-9+/]+={0,2}$",
      description: "Its bytes as base64: at most 2 MiB of PNG, JPEG, GIF, WebP, PDF or plain text",
    }),
  },
  { additionalProperties: false },
);

/** A file out, without its content. */
export const fileFields = {
  id: Id("The file"),
  name: Type.String({ description: "What it is called", examples: ["receipt.pdf"] }),
  mediaType: Type.String({ description: "What it is, by its content", examples: ["application/pdf"] }),
  size: Type.Integer({ description: "In bytes", examples: [48_213] }),
};
