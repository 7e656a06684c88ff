import { useQuery } from "@tanstack/react-query";
import { api, ask } from "@/lib/api";
import { districtsQuery } from "@/lib/districts";
import { useTranslation } from "@/lib/i18n";
import { useSession } from "@/lib/session";
import { ChipSelect } from "@/ui/Chips";

/** Districts of the city, the reader's own community first. A place from elsewhere is kept and named. */
export function PlaceChip({
  value,
  onChange,
}: {
  value: string | undefined;
  onChange: (id: string | undefined) => void;
}) {
  const { t } = useTranslation("needs");
  const own = useSession()?.membership;
  const districts = useQuery(districtsQuery);
  const options = (districts.data ?? []).map((p) => ({ value: p.id, label: p.name }));
  if (own?.placeId && !options.some((o) => o.value === own.placeId)) {
    options.unshift({ value: own.placeId, label: t("list.mine_place", { name: own.placeName }) });
  }
  const known = !value || options.some((o) => o.value === value);
  const named = useQuery({
    queryKey: ["places", value],
    enabled: !known,
    queryFn: () => ask(api.GET("/api/v1/places/{id}", { params: { path: { id: value ?? "" } } })),
  });
  if (!known && value) options.unshift({ value, label: named.data?.name ?? "…" });
  return <ChipSelect label={t("list.place")} value={value} onChange={onChange} options={options} />;
}
