/** The public figures; the home page and the data page read the same answers. */
import { queryOptions } from "@tanstack/react-query";
import type { components } from "../api/generated/schema";
import { api, ask } from "./api";

export type Figures = components["schemas"]["FiguresOutBody"];
export type Figure = Figures["items"][number];
export type MoneyFigures = components["schemas"]["MoneyOutBody"];

const fresh = 60_000;

/** What is asked for and what became of it. */
export const figuresQuery = (placeId?: string) =>
  queryOptions({
    queryKey: ["figures", placeId ?? ""],
    staleTime: fresh,
    queryFn: () => ask(api.GET("/api/v1/figures", { params: { query: { placeId } } })),
  });

/** How far a year's money has come, project by project. */
export const moneyQuery = (placeId?: string, year?: number) =>
  queryOptions({
    queryKey: ["figures", "money", placeId ?? "", year ?? 0],
    staleTime: fresh,
    queryFn: () => ask(api.GET("/api/v1/figures/money", { params: { query: { placeId, year } } })),
  });

export const figure = (f: Figures, key: string): Figure | undefined => f.items.find((i) => i.key === key);
