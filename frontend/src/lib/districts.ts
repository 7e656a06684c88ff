/** The districts of the city, for filters and for naming places on a map. */
import { queryOptions } from "@tanstack/react-query";
import { api, ask } from "./api";

export const districtsQuery = queryOptions({
  queryKey: ["places", "districts"],
  staleTime: Number.POSITIVE_INFINITY,
  queryFn: async () => {
    const cities = await ask(api.GET("/api/v1/places", { params: { query: {} } }));
    const lists = await Promise.all(
      cities.items.map((c) => ask(api.GET("/api/v1/places", { params: { query: { parent: c.id } } }))),
    );
    return lists.flatMap((l) => l.items);
  },
});
