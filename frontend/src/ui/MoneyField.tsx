import { useEffect, useState } from "react";
import { capitals } from "@/lib/capitals";
import { parseYuan, yuan } from "@/lib/format";
import { useTranslation } from "@/lib/i18n";
import { Field, type FieldProps } from "./fields";

export interface MoneyFieldProps extends FieldProps {
  /** Fen; null while empty or not an amount. */
  value: number | null;
  onChange: (fen: number | null) => void;
  disabled?: boolean;
}

/** Yuan in, fen out, capitals underneath, so that a slipped digit is seen before it is sent. */
export function MoneyField({ label, help, error, optional, id, value, onChange, disabled }: MoneyFieldProps) {
  const { t } = useTranslation("ui");
  const [text, setText] = useState(value === null ? "" : yuan(value));
  useEffect(() => {
    setText((old) => (parseYuan(old) === value ? old : value === null ? old : yuan(value)));
  }, [value]);
  const broken = text.trim() !== "" && parseYuan(text) === null;
  return (
    <Field {...{ label, help, optional, id }} error={error ?? (broken ? t("money.malformed") : undefined)}>
      {(w) => (
        <>
          <span className="moneybox">
            <input
              {...w}
              className="input"
              inputMode="decimal"
              autoComplete="off"
              disabled={disabled}
              value={text}
              onChange={(e) => {
                setText(e.target.value);
                onChange(parseYuan(e.target.value));
              }}
              onBlur={() => value !== null && setText(yuan(value))}
            />
            <span>{t("money.unit")}</span>
          </span>
          {value !== null && !broken && (
            <span className="help" lang="zh-CN">
              {capitals(value)}
            </span>
          )}
        </>
      )}
    </Field>
  );
}
