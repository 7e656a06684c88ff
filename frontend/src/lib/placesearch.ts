/** Finding a place by typing: the options of a ComboBox, and the name of one that is chosen. */
import { keepPreviousData, queryOptions, useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { api, ask } from "./api";

export const placeQuery = (id: string) =>
  queryOptions({
    queryKey: ["places", id],
    queryFn: () => ask(api.GET("/api/v1/places/{id}", { params: { path: { id } } })),
    enabled: id !== "",
    staleTime: 300_000,
  });

/** "保和街道 和美社区", for a place whose id stands in the address. */
export function usePlaceName(id: string | undefined): string {
  const place = useQuery(placeQuery(id ?? "")).data;
  if (!place) return "";
  const above = place.ancestors.filter((a) => a.level > 2).map((a) => a.name);
  return [...above, place.name].join(" ");
}

interface Found {
  value: string;
  label: string;
  note?: string;
}

/** `<ComboBox {...usePlaceSearch(value, 5)} …>`: what the server found for the words typed. */
export function usePlaceSearch(value: string, level = 0) {
  const [words, setWords] = useState("");
  const found = useQuery({
    queryKey: ["place-search", words, level],
    queryFn: async () =>
      (await ask(api.GET("/api/v1/place-search", { params: { query: { q: words, level, limit: 20 } } })))
        .items,
    placeholderData: keepPreviousData,
  });
  const name = usePlaceName(value || undefined);
  const options: Found[] = (found.data ?? []).map((p) => ({ value: p.id, label: p.name, note: p.within }));
  if (value && name && !options.some((o) => o.value === value)) options.unshift({ value, label: name });
  return { options, onSearch: setWords, text: name };
}
