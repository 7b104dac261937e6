export { type CleanFile, checkFile, FILE_BODY_BYTES, fileErrors, type SentFile } from "./check-file.ts";
export { csvStream } from "./csv-stream.ts";
export { FileInput, fileFields } from "./file-schema.ts";
export { eraseFiles, type FileFacts, findFile, findFileFacts, insertFiles, type StoredFile } from "./file-store.ts";
export {
  DOCUMENT_FORMATS,
  DOCUMENT_TYPES,
  type Document,
  type DocumentFormat,
  documentResponse,
  sendDocument,
} from "./send-document.ts";
export { FILE_RESPONSE, IMAGE_RESPONSE, sendFile, sendImage } from "./send-file.ts";
