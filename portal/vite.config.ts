import { fileURLToPath } from "node:url";
import { defineConfig } from "vite";
import { compileMessages } from "./compile-messages.ts";

/** Where the server runs that `vite` stands before, in development. */
const SERVER = "http://127.0.0.1:3000";

/** What is needed before the first page is drawn, whichever it is. */
const BASE_MODULES =
  /node_modules\/(react|react-dom|scheduler|intl-messageformat|@formatjs\/[\w-]+|@tanstack\/(react-router|router-core|history|query-core|react-query|react-store|store)|@mantine\/core\/esm\/(core|components\/(Button|UnstyledButton|Transition|Loader)))\/|\/sdk\/src\/(?!events)|portal\/src\/(i18n\/[\w-]+\.ts|ui\/(page|panel|problem|skeleton|toast|dates|describe-error|loaded|empty|moment|columns|amount|money|numbers|status|status-words|glyph|copy-button|figures|facts)\.tsx?|app\/(api|me|paths|queries|session|url-state)\.ts)/;

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
      output: {
        // What every page needs is one file: it compresses better together, and is asked for once.
        codeSplitting: { groups: [{ name: "base", test: BASE_MODULES }] },
      },
      // Says of each module of Mantine that it is meant for the client, which here every module is.
      onLog: (level, log, say) => {
        if (log.code !== "MODULE_LEVEL_DIRECTIVE") say(level, log);
      },
    },
  },
  server: { proxy: { "/api": SERVER, "/docs": SERVER } },
});
