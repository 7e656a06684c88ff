/**
 * Form fields: label above, help under the label, error under the field in a sentence that
 * says how to mend it. The values mirror the screen; forms convert on submit.
 */
import { type InputHTMLAttributes, type ReactNode, type TextareaHTMLAttributes, useId } from "react";
import { useTranslation } from "@/lib/i18n";
import "./forms.css";

export interface FieldProps {
  label: ReactNode;
  help?: ReactNode;
  /** How to mend it; the field is then marked and linked from the ErrorSummary by `id`. */
  error?: ReactNode;
  /** Fields are required unless they say so. */
  optional?: boolean;
  id?: string;
}

interface Wiring {
  id: string;
  "aria-describedby"?: string;
  "aria-invalid"?: true;
  required?: boolean;
}

/** Label, help and error around one control; other fields are made of it. */
export function Field({
  label,
  help,
  error,
  optional,
  id: given,
  children,
}: FieldProps & { children: (w: Wiring) => ReactNode }) {
  const { t } = useTranslation("ui");
  const made = useId();
  const id = given ?? made;
  const helpId = `${id}-help`;
  const errorId = `${id}-error`;
  const described = [error ? errorId : "", help ? helpId : ""].filter(Boolean).join(" ");
  return (
    <div className={`field ${error ? "invalid" : ""}`}>
      <label htmlFor={id}>
        {label}
        {optional && <span className="optional">{t("optional")}</span>}
      </label>
      {help && (
        <div className="help" id={helpId}>
          {help}
        </div>
      )}
      {children({
        id,
        "aria-describedby": described || undefined,
        "aria-invalid": error ? true : undefined,
        required: !optional,
      })}
      {error && (
        <div className="error" id={errorId}>
          {error}
        </div>
      )}
    </div>
  );
}

type Native<E> = Omit<E, "value" | "onChange" | "id" | "required">;

export interface TextFieldProps extends FieldProps, Native<InputHTMLAttributes<HTMLInputElement>> {
  value: string;
  onChange: (value: string) => void;
}

export function TextField({
  label,
  help,
  error,
  optional,
  id,
  value,
  onChange,
  className = "",
  ...rest
}: TextFieldProps) {
  return (
    <Field {...{ label, help, error, optional, id }}>
      {(w) => (
        <input
          type="text"
          {...rest}
          {...w}
          className={`input ${className}`}
          value={value}
          onChange={(e) => onChange(e.target.value)}
        />
      )}
    </Field>
  );
}

export interface TextAreaProps extends FieldProps, Native<TextareaHTMLAttributes<HTMLTextAreaElement>> {
  value: string;
  onChange: (value: string) => void;
}

/** With `maxLength` it counts what is left. */
export function TextArea({ label, help, error, optional, id, value, onChange, ...rest }: TextAreaProps) {
  const { t } = useTranslation("ui");
  return (
    <Field {...{ label, help, error, optional, id }}>
      {(w) => (
        <>
          <textarea
            rows={4}
            {...rest}
            {...w}
            className="input"
            value={value}
            onChange={(e) => onChange(e.target.value)}
          />
          {rest.maxLength && (
            <span className="help num">{t("lettersLeft", { count: rest.maxLength - value.length })}</span>
          )}
        </>
      )}
    </Field>
  );
}

export interface DateFieldProps extends FieldProps {
  /** 2026-03-02, or "" while empty. */
  value: string;
  onChange: (date: string) => void;
  min?: string;
  max?: string;
  /** "第 10 个工作日" or "周六，将顺延到下周一": computed by the page from the calendar. */
  hint?: ReactNode;
}

/** The device's own picker: known to its owner, in his language, for nothing. */
function Picker({ type, hint, ...all }: DateFieldProps & { type: "date" | "datetime-local" }) {
  const { label, help, error, optional, id, value, onChange, ...rest } = all;
  return (
    <Field {...{ label, help, error, optional, id }}>
      {(w) => (
        <>
          <input
            type={type}
            {...rest}
            {...w}
            className="input short"
            value={value}
            onChange={(e) => onChange(e.target.value)}
          />
          {hint && <span className="help">{hint}</span>}
        </>
      )}
    </Field>
  );
}

export const DateField = (props: DateFieldProps) => <Picker type="date" {...props} />;

/** A point in time in Shanghai: "2026-03-02T17:00"; convert with `shanghai()` on submit. */
export const DateTimeField = (props: DateFieldProps) => <Picker type="datetime-local" {...props} />;

/** What a DateTimeField holds, as the instant the API takes (China has one time zone, no summer time). */
export const shanghai = (local: string): string => new Date(`${local}:00+08:00`).toISOString();

export interface Option {
  value: string;
  label: string;
  help?: ReactNode;
  disabled?: boolean;
}

export interface SelectProps extends FieldProps {
  value: string;
  onChange: (value: string) => void;
  options: Option[];
  /** Shown while nothing is chosen. */
  placeholder?: string;
  disabled?: boolean;
}

/** The browser's own list; for more than about 15 choices use ComboBox. */
export function Select({
  label,
  help,
  error,
  optional,
  id,
  value,
  onChange,
  options,
  placeholder,
  disabled,
}: SelectProps) {
  const { t } = useTranslation("ui");
  return (
    <Field {...{ label, help, error, optional, id }}>
      {(w) => (
        <select
          {...w}
          className="input"
          disabled={disabled}
          value={value}
          onChange={(e) => onChange(e.target.value)}
        >
          {(placeholder !== undefined || value === "") && (
            <option value="">{placeholder ?? t("choose")}</option>
          )}
          {options.map((o) => (
            <option key={o.value} value={o.value} disabled={o.disabled}>
              {o.label}
            </option>
          ))}
        </select>
      )}
    </Field>
  );
}
