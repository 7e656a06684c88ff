import type { ReactNode } from "react";
import { serverNow } from "@/lib/clock";
import { dateTime } from "@/lib/format";
import { useTranslation } from "@/lib/i18n";
import { Button } from "./Button";
import "./print.css";

interface PrintViewProps {
  title: ReactNode;
  /** Number of the document: GG-2026-000031. */
  code?: string;
  /** The body that issues it. */
  issuer?: ReactNode;
  children: ReactNode;
}

/** A notice, contract, minutes or explanation as a sheet of A4: on screen with a print button, on paper without navigation. */
export function PrintView({ title, code, issuer, children }: PrintViewProps) {
  const { t, lang } = useTranslation("ui");
  return (
    <div className="sheetbox">
      <div className="row end no-print">
        <Button small icon="print" onClick={() => globalThis.print()}>
          {t("print")}
        </Button>
      </div>
      <article className="sheet">
        <h1 tabIndex={-1}>{title}</h1>
        {code && <p className="sheetcode num">{code}</p>}
        {children}
        {issuer && <p className="issuer">{issuer}</p>}
        <footer className="tiny muted">
          {t("printedFrom", { address: globalThis.location?.href ?? "", when: dateTime(serverNow(), lang) })}
        </footer>
      </article>
    </div>
  );
}
