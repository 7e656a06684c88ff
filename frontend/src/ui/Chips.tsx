/** Filters as chips whose choice lives in the URL: a filtered list is a link one can send. */
import { useNavigate, useSearch } from "@tanstack/react-router";
import { type FormEvent, type ReactNode, useEffect, useState } from "react";
import { useTranslation } from "@/lib/i18n";
import { Button } from "./Button";
import { Icon } from "./icons";
import "./chips.css";

export type Filters = Record<string, string | undefined>;

/** The filters in the URL and a setter; setting one keeps the others. `undefined` or "" removes it. */
export function useFilters<K extends string>(): [
  Partial<Record<K, string>>,
  (patch: Partial<Record<K, string | undefined>>) => void,
] {
  const raw = useSearch({ strict: false }) as Record<string, unknown>;
  const navigate = useNavigate();
  const filters: Record<string, string> = {};
  for (const [k, v] of Object.entries(raw)) if (v !== undefined && v !== null) filters[k] = String(v);
  const set = (patch: Partial<Record<K, string | undefined>>) => {
    const next: Filters = { ...filters, ...(patch as Filters) };
    for (const k of Object.keys(next)) if (!next[k]) delete next[k];
    void navigate({ to: ".", search: next as never, replace: true, resetScroll: false });
  };
  return [filters as Partial<Record<K, string>>, set];
}

/** A group of filters; name what they filter. */
export function ChipBar({ label, children }: { label: string; children: ReactNode }) {
  return (
    <fieldset className="chips no-print" aria-label={label}>
      {children}
    </fieldset>
  );
}

/** On or off. */
export function Chip({
  on,
  onChange,
  children,
}: {
  on: boolean;
  onChange: (on: boolean) => void;
  children: ReactNode;
}) {
  return (
    <button type="button" className="chip" aria-pressed={on} onClick={() => onChange(!on)}>
      {children}
      {on && <Icon name="cross" size={12} />}
    </button>
  );
}

interface ChipSelectProps {
  label: string;
  value: string | undefined;
  onChange: (value: string | undefined) => void;
  options: { value: string; label: string }[];
}

/** One of several; empty means all. */
export function ChipSelect({ label, value, onChange, options }: ChipSelectProps) {
  return (
    <select
      className={`chip ${value ? "on" : ""}`}
      aria-label={label}
      value={value ?? ""}
      onChange={(e) => onChange(e.target.value || undefined)}
    >
      <option value="">{label}</option>
      {options.map((o) => (
        <option key={o.value} value={o.value}>
          {o.label}
        </option>
      ))}
    </select>
  );
}

interface SearchBoxProps {
  label: string;
  placeholder?: string;
  value: string | undefined;
  onSearch: (words: string | undefined) => void;
}

/** Searches on Enter or the button, never by itself while one types. */
export function SearchBox({ label, placeholder, value, onSearch }: SearchBoxProps) {
  const { t } = useTranslation("ui");
  const [words, setWords] = useState(value ?? "");
  useEffect(() => setWords(value ?? ""), [value]);
  function submit(event: FormEvent) {
    event.preventDefault();
    onSearch(words.trim() || undefined);
  }
  return (
    <search>
      <form className="searchbox no-print" onSubmit={submit}>
        <input
          type="search"
          aria-label={label}
          placeholder={placeholder}
          value={words}
          onChange={(e) => setWords(e.target.value)}
        />
        <Button type="submit" kind="primary">
          {t("search")}
        </Button>
      </form>
    </search>
  );
}
