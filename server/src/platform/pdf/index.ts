import { fileURLToPath } from "node:url";

/** Noto Sans: Latin, Greek and Cyrillic. Of what is used a part is embedded, so that every reader shows the same. */
export const FONTS = {
  regular: fileURLToPath(import.meta.resolve("@expo-google-fonts/noto-sans/400Regular/NotoSans_400Regular.ttf")),
  bold: fileURLToPath(import.meta.resolve("@expo-google-fonts/noto-sans/700Bold/NotoSans_700Bold.ttf")),
};
