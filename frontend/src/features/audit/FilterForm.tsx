import { type FormEvent, useState } from "react";
import { useTranslation } from "@/lib/i18n";
import { Button } from "@/ui/Button";
import { DateField, Select, TextField } from "@/ui/fields";
import { type Filter, type Filters, kinds } from "./model";

interface Props {
  filters: Filters;
  onChange: (next: Partial<Record<Filter, string | undefined>>) => void;
}

/** Object, person, action and period; the search stands in the address and can be sent to a colleague. */
export function FilterForm({ filters, onChange }: Props) {
  const { t } = useTranslation("audit");
  const [v, setV] = useState<Filters>(filters);
  const set = (part: Filters) => setV({ ...v, ...part });
  function submit(event: FormEvent) {
    event.preventDefault();
    onChange({
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
      <form className="card pad auditfilter no-print" onSubmit={submit}>
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
