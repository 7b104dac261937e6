// `npm run build`: what `npm start` builds by itself.
import { ensureBuilt } from "./build.mjs";
import { ensureInstalled, fail } from "./installation.mjs";

try {
  await ensureInstalled();
  await ensureBuilt();
} catch (error) {
  fail(error);
}
