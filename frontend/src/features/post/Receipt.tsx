import { useQuery } from "@tanstack/react-query";
import { useEffect } from "react";
import type { components } from "@/api/generated/schema";
import { useTranslation } from "@/lib/i18n";
import { paths } from "@/lib/paths";
import { Button, LinkButton } from "@/ui/Button";
import { KeyValue, PageHead } from "@/ui/layout";
import { Notice } from "@/ui/states";
import { Day } from "@/ui/values";
import { goOnAtHeading } from "./Screen";

export type ReceiptData = components["schemas"]["ReceiptView"];

/** What one takes away: the number, who answers, by when, and a code for the telephone. */
export function Receipt({ data, onAgain }: { data: ReceiptData; onAgain: () => void }) {
  const { t } = useTranslation("post");
  const { code } = data.voice;
  useEffect(goOnAtHeading, []);
  return (
    <div className="sayflow">
      <PageHead title={t("receipt.title")} />
      <div className="receipt card pad">
        <div className="stack">
          <Notice tone="ok" live>
            {t("receipt.done")} <Day at={data.replyBy} /> {t("receipt.reply")}
          </Notice>
          <KeyValue
            items={[
              { label: t("receipt.code"), value: <b className="num receiptcode">{code}</b> },
              { label: t("receipt.posted"), value: <Day at={data.voice.postedAt} /> },
              { label: t("receipt.replyBy"), value: <Day at={data.replyBy} /> },
            ]}
          />
          <p>{t("receipt.next")}</p>
        </div>
        <QrCode
          text={new URL(paths.voice(code), globalThis.location.origin).href}
          label={t("receipt.qr", { code })}
        />
      </div>
      <div className="row no-print">
        <LinkButton kind="primary" to={paths.voice(code)}>
          {t("receipt.open")}
        </LinkButton>
        <Button icon="print" onClick={() => globalThis.print()}>
          {t("receipt.print")}
        </Button>
        <Button kind="quiet" onClick={onAgain}>
          {t("receipt.again")}
        </Button>
      </div>
    </div>
  );
}

const quiet = 4; // modules of white around a code, as its standard asks

/** A QR code as one path; the library comes only when a receipt is shown. */
function QrCode({ text, label }: { text: string; label: string }) {
  const code = useQuery({
    queryKey: ["qr", text],
    staleTime: Number.POSITIVE_INFINITY,
    queryFn: async () => {
      const { default: qrcode } = await import("qrcode-generator");
      const made = qrcode(0, "M");
      made.addData(text);
      made.make();
      const size = made.getModuleCount();
      let path = "";
      for (let y = 0; y < size; y++) {
        for (let x = 0; x < size; x++) if (made.isDark(y, x)) path += `M${x + quiet} ${y + quiet}h1v1h-1z`;
      }
      return { path, size: size + 2 * quiet };
    },
  });
  if (!code.data) return null;
  return (
    <svg className="qr" viewBox={`0 0 ${code.data.size} ${code.data.size}`} role="img" aria-label={label}>
      <rect width="100%" height="100%" className="qrground" />
      <path d={code.data.path} className="qrink" />
    </svg>
  );
}
