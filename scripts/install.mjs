// Sets the checkout up: packages as locked, and the pinned Node. Does nothing where that is done.
import { ensureInstalled, fail } from "./installation.mjs";

await ensureInstalled().catch(fail);
