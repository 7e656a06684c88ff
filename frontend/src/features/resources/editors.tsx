/** Editors of repeated parts: opening hours, facts about access, capacities, service areas. */
import type { ReactNode } from "react";
import { useTranslation } from "@/lib/i18n";
import { usePlaceSearch } from "@/lib/placesearch";
import { Button, IconButton } from "@/ui/Button";
import { ComboBox } from "@/ui/ComboBox";
import { Field, Select, TextField } from "@/ui/fields";
import { type AccessFact, accessCodes, measured, type Offer, type Slot } from "./model";

interface RowsProps<T> {
  title: string;
  help?: string;
  add: string;
  rows: T[];
  onChange: (rows: T[]) => void;
  blank: T;
  children: (row: T, set: (patch: Partial<T>) => void, index: number) => ReactNode;
}

/** A list of rows that can grow and shrink; each row draws its own fields. */
export function Rows<T>({ title, help, add, rows, onChange, blank, children }: RowsProps<T>) {
  const { t } = useTranslation("resources");
  const set = (i: number) => (patch: Partial<T>) =>
    onChange(rows.map((r, n) => (n === i ? { ...r, ...patch } : r)));
  return (
    <fieldset className="field">
      <legend>{title}</legend>
      {help && <div className="help">{help}</div>}
      <ul className="repeats plainlist">
        {rows.map((row, i) => (
          <li key={i}>
            {children(row, set(i), i)}
            <IconButton
              icon="cross"
              label={t("form.remove", { title, n: i + 1 })}
              onClick={() => onChange(rows.filter((_, n) => n !== i))}
            />
          </li>
        ))}
      </ul>
      <Button small icon="plus" onClick={() => onChange([...rows, blank])}>
        {add}
      </Button>
    </fieldset>
  );
}

export function HoursEditor({
  title,
  week,
  onChange,
}: {
  title: string;
  week: Slot[];
  onChange: (week: Slot[]) => void;
}) {
  const { t } = useTranslation("resources");
  const days = [1, 2, 3, 4, 5, 6, 7].map((d) => ({ value: String(d), label: t(`weekday.${d}`) }));
  return (
    <Rows
      title={title}
      add={t("form.addHours")}
      rows={week}
      onChange={onChange}
      blank={{ weekday: 1, from: "09:00", until: "17:00" }}
    >
      {(slot, set) => (
        <>
          <Select
            label={t("form.weekday")}
            value={String(slot.weekday)}
            onChange={(v) => set({ weekday: Number(v) })}
            options={days}
          />
          <Clock label={t("form.fromTime")} value={slot.from} onChange={(from) => set({ from })} />
          <Clock label={t("form.untilTime")} value={slot.until} onChange={(until) => set({ until })} />
        </>
      )}
    </Rows>
  );
}

function Clock({ label, value, onChange }: { label: string; value: string; onChange: (v: string) => void }) {
  return (
    <Field label={label}>
      {(w) => (
        <input
          {...w}
          className="input short"
          type="time"
          value={value}
          onChange={(e) => onChange(e.target.value)}
        />
      )}
    </Field>
  );
}

export function AccessEditor({
  facts,
  onChange,
}: {
  facts: AccessFact[];
  onChange: (facts: AccessFact[]) => void;
}) {
  const { t } = useTranslation("resources");
  return (
    <Rows
      title={t("item.access")}
      help={t("form.accessHelp")}
      add={t("form.addAccess")}
      rows={facts}
      onChange={onChange}
      blank={{ code: accessCodes.find((c) => !facts.some((f) => f.code === c)) ?? "step_free", value: 1 }}
    >
      {(fact, set) => (
        <>
          <Select
            label={t("form.fact")}
            value={fact.code}
            onChange={(code) => set({ code, value: 1 })}
            options={accessCodes.map((c) => ({ value: c, label: t(`access.${c}`) }))}
          />
          {measured[fact.code] && (
            <NumberField
              label={t(`form.${measured[fact.code]}`)}
              value={fact.value}
              onChange={(value) => set({ value })}
            />
          )}
        </>
      )}
    </Rows>
  );
}

export function NumberField({
  label,
  value,
  onChange,
  id,
  error,
  optional,
  help,
}: {
  label: string;
  value: number;
  onChange: (n: number) => void;
  id?: string;
  error?: string;
  optional?: boolean;
  help?: string;
}) {
  return (
    <TextField
      id={id}
      label={label}
      help={help}
      error={error}
      optional={optional}
      inputMode="numeric"
      value={value ? String(value) : optional ? "" : String(value)}
      onChange={(v) => onChange(Number(v.replace(/\D/g, "")) || 0)}
    />
  );
}

type Capacity = Offer["capacities"][number];

export function CapacityEditor({
  capacities,
  onChange,
}: {
  capacities: Capacity[];
  onChange: (c: Capacity[]) => void;
}) {
  const { t } = useTranslation("resources");
  const states = ["has", "waiting", "none", "ask"].map((s) => ({ value: s, label: t(`capacity.${s}`) }));
  return (
    <Rows
      title={t("service.capacity")}
      help={t("form.capacityHelp")}
      add={t("form.addCapacity")}
      rows={capacities}
      onChange={onChange}
      blank={{ period: "", unit: t("capacity.households"), total: 0, free: 0, state: "has" }}
    >
      {(c, set) => (
        <>
          <TextField
            label={t("capacity.period")}
            optional
            placeholder="2026Q2"
            value={c.period}
            onChange={(period) => set({ period: period.toUpperCase() })}
          />
          <Select
            label={t("capacity.state")}
            value={c.state}
            onChange={(state) =>
              set({ state: state as Capacity["state"], free: state === "none" ? 0 : c.free })
            }
            options={states}
          />
          <NumberField label={t("capacity.freeNow")} value={c.free} onChange={(free) => set({ free })} />
          <NumberField label={t("capacity.total")} value={c.total} onChange={(total) => set({ total })} />
          <TextField label={t("capacity.unit")} value={c.unit} onChange={(unit) => set({ unit })} />
        </>
      )}
    </Rows>
  );
}

type Area = Offer["areas"][number];

export function AreaEditor({ areas, onChange }: { areas: Area[]; onChange: (a: Area[]) => void }) {
  const { t } = useTranslation("resources");
  return (
    <Rows
      title={t("field.area")}
      help={t("form.areaHelp")}
      add={t("form.addArea")}
      rows={areas}
      onChange={onChange}
      blank={{ kind: "place", placeId: "" }}
    >
      {(a, set) => (
        <>
          <Select
            label={t("form.areaKind")}
            value={a.kind}
            onChange={(kind) =>
              set({ kind: kind as Area["kind"], placeId: "", radiusM: kind === "radius" ? 1500 : undefined })
            }
            options={["place", "city", "radius"].map((k) => ({ value: k, label: t(`areaKind.${k}`) }))}
          />
          {a.kind === "place" && (
            <PlaceField
              label={t("field.place")}
              value={a.placeId ?? ""}
              onChange={(placeId) => set({ placeId })}
            />
          )}
          {a.kind === "radius" && (
            <>
              <TextField
                label={t("form.lat")}
                inputMode="decimal"
                value={a.lat ? String(a.lat) : ""}
                onChange={(v) => set({ lat: Number(v) || 0 })}
              />
              <TextField
                label={t("form.lng")}
                inputMode="decimal"
                value={a.lng ? String(a.lng) : ""}
                onChange={(v) => set({ lng: Number(v) || 0 })}
              />
              <NumberField
                label={t("form.radius")}
                value={a.radiusM ?? 0}
                onChange={(radiusM) => set({ radiusM })}
              />
            </>
          )}
        </>
      )}
    </Rows>
  );
}

export function PlaceField({
  label,
  help,
  value,
  onChange,
  level,
  id,
  error,
}: {
  label: string;
  help?: string;
  value: string;
  onChange: (id: string) => void;
  level?: number;
  id?: string;
  error?: ReactNode;
}) {
  const search = usePlaceSearch(value, level);
  return (
    <ComboBox id={id} label={label} help={help} error={error} value={value} onChange={onChange} {...search} />
  );
}
