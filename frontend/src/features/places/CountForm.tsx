import { useState } from "react";
import { api, ask } from "@/lib/api";
import { useTranslation } from "@/lib/i18n";
import { useWrite } from "@/lib/query";
import { Button } from "@/ui/Button";
import { DateField, Select, TextField } from "@/ui/fields";
import { Card } from "@/ui/layout";
import { Notice, ProblemNotice } from "@/ui/states";

/** A community worker states how many households or people there are, as of a day. */
export function CountForm({ place }: { place: string }) {
  const { t } = useTranslation("places");
  const [kind, setKind] = useState<"households" | "population">("households");
  const [value, setValue] = useState("");
  const [asOf, setAsOf] = useState("");
  const [source, setSource] = useState("");
  const write = useWrite(
    (body: { kind: "households" | "population"; value: number; asOf: string; source: string }, key) =>
      ask(api.POST("/api/v1/places/{id}/count", { params: { path: { id: place }, header: key }, body })),
    { refresh: [["places"]] },
  );
  const whole = Number(value);
  const ready =
    value !== "" && Number.isInteger(whole) && whole >= 0 && asOf !== "" && source.trim().length > 1;
  return (
    <Card title={t("count.title")}>
      <form
        className="stack tight"
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          if (ready) write.mutate({ kind, value: whole, asOf, source: source.trim() });
        }}
      >
        <p className="small muted">{t("count.text")}</p>
        <Select
          label={t("count.kind")}
          value={kind}
          onChange={(k) => setKind(k === "population" ? "population" : "households")}
          options={["households", "population"].map((k) => ({ value: k, label: t(`fact.${k}`) }))}
        />
        <TextField label={t("count.value")} inputMode="numeric" value={value} onChange={setValue} />
        <DateField label={t("count.asOf")} value={asOf} onChange={setAsOf} />
        <TextField label={t("count.source")} value={source} onChange={setSource} maxLength={200} />
        <ProblemNotice problem={write.error} />
        {write.isSuccess && (
          <Notice tone="ok" live>
            {t("count.done")}
          </Notice>
        )}
        <Button type="submit" kind="primary" disabled={!ready} busy={write.isPending}>
          {t("count.save")}
        </Button>
      </form>
    </Card>
  );
}
