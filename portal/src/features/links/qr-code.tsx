import { Button } from "@mantine/core";
import { encode } from "uqr";
import { t } from "../../i18n/messages.ts";
import { download } from "../../ui/download.ts";

/** An address as a QR code, black on white in either scheme: cameras read no other. */
export function QrCode({
  text,
  name,
  isPlain = false,
}: {
  readonly text: string;
  readonly name: string;
  /** To be looked at and not kept: a secret. */
  readonly isPlain?: boolean;
}) {
  const { data, size } = encode(text, { border: 2 });
  const path = data.flatMap((row, y) => row.flatMap((isDark, x) => (isDark ? [`M${x} ${y}h1v1h-1z`] : []))).join("");
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${size} ${size}"><rect width="${size}" height="${size}" fill="#fff"/><path d="${path}" fill="#000"/></svg>`;
  return (
    <div>
      <svg
        viewBox={`0 0 ${size} ${size}`}
        width="160"
        height="160"
        role="img"
        aria-label={t("links.qr")}
        style={{ borderRadius: 4 }}
      >
        <rect width={size} height={size} fill="#fff" />
        <path d={path} fill="#000" />
      </svg>
      {isPlain ? null : (
        <div>
          <Button
            variant="default"
            size="compact-sm"
            onClick={() => download(new Blob([svg], { type: "image/svg+xml" }), `${name}.svg`)}
          >
            {t("links.qrDownload")}
          </Button>
        </div>
      )}
    </div>
  );
}
