import { useRef } from "react";
import { useTranslation } from "@/lib/i18n";
import { Button } from "@/ui/Button";
import { Field } from "@/ui/fields";

/** Chooses one file to be read by the page; nothing is sent yet. */
export function FilePick({
  label,
  help,
  file,
  onChange,
}: {
  label: string;
  help: string;
  file?: File;
  onChange: (file: File | undefined) => void;
}) {
  const { t } = useTranslation("resources");
  const input = useRef<HTMLInputElement>(null);
  return (
    <Field label={label} help={help}>
      {(wiring) => (
        <div className="row">
          <input
            {...wiring}
            required={undefined}
            ref={input}
            type="file"
            className="visually-hidden"
            accept=".csv,.xlsx,text/csv,application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
            onChange={(e) => onChange(e.target.files?.[0])}
          />
          <Button icon="file" onClick={() => input.current?.click()}>
            {t(file ? "exchange.other" : "exchange.choose")}
          </Button>
          {file && (
            <span>
              {file.name} <span className="muted small num">{Math.ceil(file.size / 1024)} kB</span>
            </span>
          )}
        </div>
      )}
    </Field>
  );
}
