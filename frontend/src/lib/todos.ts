/** What waits for me, gathered by the server from every area. */
import { queryOptions, useQuery } from "@tanstack/react-query";
import type { components } from "../api/generated/schema";
import { api, ask } from "./api";

export type Todo = components["schemas"]["TodoView"];

export const todosQuery = queryOptions({
  queryKey: ["todos"],
  queryFn: async () => (await ask(api.GET("/api/v1/todos"))).items,
  refetchInterval: 60_000,
});

export const useTodos = (): Todo[] => useQuery(todosQuery).data ?? [];

export interface TodoCounts {
  total: number;
  byKind: Record<string, number>;
}

/** How many of each kind, for the numbers beside the navigation. */
export function useTodoCounts(): TodoCounts {
  const todos = useTodos();
  const byKind: Record<string, number> = {};
  for (const todo of todos) byKind[todo.kind] = (byKind[todo.kind] ?? 0) + 1;
  return { total: todos.length, byKind };
}
