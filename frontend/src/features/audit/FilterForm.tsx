import { useQueryClient } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import { useTranslation } from "@/lib/i18n";
import { placeQuery, usePlaceSearch } from "@/lib/placesearch";
import { Button } from "@/ui/Button";
import { ComboBox } from "@/ui/ComboBox";
import { DateField, Select, TextField } from "@/ui/fields";
import { type Filter, type Filters, kinds } from "./model";

interface Props {
  filters: Filters;
  onChange: (next: Partial<Record<Filter, string | undefined>>) => void;
}

/** Object, person, place and period; the search stands in the address and can be sent to a colleague. */
export function FilterForm({ filters, onChange }: Props) {
  const { t } = useTranslation("audit");
  const [v, setV] = useState<Filters>(filters);
  const client = useQueryClient();
  const place = usePlaceSearch(v.place ?? "");
  const set = (part: Filters) => setV({ ...v, ...part });
  async function submit(event: FormEvent) {
    event.preventDefault();
    const at = v.place ? await client.ensureQueryData(placeQuery(v.place)) : undefined;
    onChange({
      id: undefined,
      place: at?.id,
      placePath: at && `/${[...at.ancestors.map((a) => a.id), at.id].join("/")}/`,
      code: v.code?.trim() || undefined,
      actor: v.actor?.trim() || undefined,
      kind: v.kind || undefined,
      from: v.from || undefined,
      to: v.to || undefined,
    });
  }
  const clear = () => {
    setV({});
    onChange({
      id: undefined,
      place: undefined,
      placePath: undefined,
      code: undefined,
      actor: undefined,
      kind: undefined,
      action: undefined,
      from: undefined,
      to: undefined,
    });
  };
  return (
    <search>
      <form className="card pad auditfilter no-print" onSubmit={(event) => void submit(event)}>
        <TextField
          label={t("filter.code")}
          placeholder="XQ-2026-000001"
          optional
          value={v.code ?? ""}
          onChange={(code) => set({ code })}
        />
        <TextField
          label={t("filter.actor")}
          optional
          value={v.actor ?? ""}
          onChange={(actor) => set({ actor })}
        />
        <Select
          label={t("filter.kind")}
          optional
          placeholder={t("filter.all")}
          value={v.kind ?? ""}
          onChange={(kind) => set({ kind })}
          options={kinds.map((k) => ({ value: k, label: t(`kind.${k}`) }))}
        />
        <ComboBox
          {...place}
          label={t("place")}
          optional
          value={v.place ?? ""}
          onChange={(id) => set({ place: id })}
        />
        <DateField
          label={t("filter.from")}
          optional
          value={v.from ?? ""}
          onChange={(from) => set({ from })}
        />
        <DateField label={t("filter.to")} optional value={v.to ?? ""} onChange={(to) => set({ to })} />
        <div className="row tight end">
          <Button kind="primary" type="submit">
            {t("filter.search")}
          </Button>
          <Button kind="quiet" onClick={clear}>
            {t("filter.clear")}
          </Button>
        </div>
      </form>
    </search>
  );
}
