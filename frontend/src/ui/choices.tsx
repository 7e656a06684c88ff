/** Groups of radio buttons and check boxes, in a fieldset with its legend. */
import { type ReactNode, useId } from "react";
import { useTranslation } from "@/lib/i18n";
import type { FieldProps, Option } from "./fields";
import "./forms.css";

interface GroupProps extends FieldProps {
  options: Option[];
  /** `boxed` for a question a screen; `inline` for two or three short words. */
  layout?: "list" | "inline" | "boxed";
}

function Group({
  label,
  help,
  error,
  optional,
  id,
  layout = "list",
  children,
}: Omit<GroupProps, "options"> & { children: ReactNode }) {
  const { t } = useTranslation("ui");
  const made = useId();
  const base = id ?? made;
  const described = [error && `${base}-error`, help && `${base}-help`].filter(Boolean).join(" ");
  return (
    <fieldset
      id={base}
      tabIndex={-1}
      className={`field ${error ? "invalid" : ""}`}
      aria-describedby={described || undefined}
    >
      <legend>
        {label}
        {optional && <span className="optional">{t("optional")}</span>}
      </legend>
      {help && (
        <div className="help" id={`${base}-help`}>
          {help}
        </div>
      )}
      <div className={`options ${layout}`}>{children}</div>
      {error && (
        <div className="error" id={`${base}-error`}>
          {error}
        </div>
      )}
    </fieldset>
  );
}

interface ChoiceProps extends Option {
  type: "radio" | "checkbox";
  name: string;
  checked: boolean;
  onPick: (checked: boolean) => void;
}

function Choice({ type, name, value, label, help, disabled, checked, onPick }: ChoiceProps) {
  return (
    <label className="option">
      <input
        type={type}
        name={name}
        value={value}
        disabled={disabled}
        checked={checked}
        onChange={(e) => onPick(e.target.checked)}
      />
      <span>{label}</span>
      {help && <span className="help">{help}</span>}
    </label>
  );
}

export function RadioGroup({
  value,
  onChange,
  options,
  ...rest
}: GroupProps & { value: string; onChange: (value: string) => void }) {
  const name = useId();
  return (
    <Group {...rest}>
      {options.map((o) => (
        <Choice
          key={o.value}
          type="radio"
          name={name}
          {...o}
          checked={o.value === value}
          onPick={() => onChange(o.value)}
        />
      ))}
    </Group>
  );
}

export function CheckboxGroup({
  value,
  onChange,
  options,
  ...rest
}: GroupProps & { value: string[]; onChange: (value: string[]) => void }) {
  const name = useId();
  const pick = (one: string, on: boolean) => onChange(on ? [...value, one] : value.filter((v) => v !== one));
  return (
    <Group {...rest}>
      {options.map((o) => (
        <Choice
          key={o.value}
          type="checkbox"
          name={name}
          {...o}
          checked={value.includes(o.value)}
          onPick={(on) => pick(o.value, on)}
        />
      ))}
    </Group>
  );
}

/** One statement to agree to. */
export function Checkbox({
  label,
  help,
  error,
  id,
  checked,
  onChange,
}: FieldProps & { checked: boolean; onChange: (checked: boolean) => void }) {
  const made = useId();
  const base = id ?? made;
  return (
    <div className={`field ${error ? "invalid" : ""}`}>
      <label className="option">
        <input
          id={base}
          type="checkbox"
          checked={checked}
          aria-invalid={error ? true : undefined}
          aria-describedby={error ? `${base}-error` : undefined}
          onChange={(e) => onChange(e.target.checked)}
        />
        <span>{label}</span>
        {help && <span className="help">{help}</span>}
      </label>
      {error && (
        <div className="error" id={`${base}-error`}>
          {error}
        </div>
      )}
    </div>
  );
}
