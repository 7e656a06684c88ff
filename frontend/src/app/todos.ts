/** What waits for me, gathered by the server from every area; counted beside the navigation. */
import { queryOptions, useQuery } from "@tanstack/react-query";
import { askBlob } from "@/lib/api";

export interface Todo {
  kind: string;
  id: string;
  code: string;
  title: string;
  action: string;
  dueAt?: string | null;
  link: string;
}

export const todosQuery = queryOptions({
  queryKey: ["todos"],
  queryFn: async (): Promise<Todo[]> => {
    const answer = JSON.parse(await (await askBlob("/api/v1/todos")).text()) as { items?: Todo[] | null };
    return answer.items ?? [];
  },
  refetchInterval: 60_000,
});

export interface TodoCounts {
  total: number;
  byKind: Record<string, number>;
}

export function useTodoCounts(): TodoCounts {
  const { data = [] } = useQuery(todosQuery);
  const byKind: Record<string, number> = {};
  for (const todo of data) byKind[todo.kind] = (byKind[todo.kind] ?? 0) + 1;
  return { total: data.length, byKind };
}

export const useTodos = (): Todo[] => useQuery(todosQuery).data ?? [];
