import { fileURLToPath } from "node:url";
import { defineConfig } from "vite";
import { compileMessages } from "./compile-messages.ts";

/** Where the server runs that `vite` stands before, in development. */
const SERVER = "http://127.0.0.1:3000";

export default defineConfig({
  root: fileURLToPath(new URL(".", import.meta.url)),
  base: "/portal/",
  plugins: [compileMessages()],
  resolve: {
    alias: {
      "@tributary/sdk": fileURLToPath(new URL("../sdk/src/index.ts", import.meta.url)),
      "@formatjs/icu-messageformat-parser": "@formatjs/icu-messageformat-parser/no-parser.js",
    },
  },
  build: {
    outDir: "dist",
    emptyOutDir: true,
    target: "es2023",
    // From these on browsers know light-dark(), which the tokens are written with.
    cssTarget: ["chrome123", "firefox120", "safari17.5"],
    // The content security policy takes no data: addresses but of pictures.
    assetsInlineLimit: 0,
    // For the check of the first load's weight.
    manifest: true,
    rolldownOptions: {
      // Says of each module of Mantine that it is meant for the client, which here every module is.
      onLog: (level, log, say) => {
        if (log.code !== "MODULE_LEVEL_DIRECTIVE") say(level, log);
      },
    },
  },
  server: { proxy: { "/api": SERVER, "/docs": SERVER } },
});
