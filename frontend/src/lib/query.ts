/** Server state: reads are cached by key, writes carry one idempotency key per intention. */
import {
  QueryClient,
  type QueryKey,
  type UseMutationResult,
  useMutation,
  useQueryClient,
} from "@tanstack/react-query";
import { useRef } from "react";
import { asProblem, type Problem } from "./problem";

const attempts = 2;
/**
 * How long what was read counts as new. Parts of one page that ask for the same share one
 * answer; a page that is opened again shows what is known and reads again, because somebody
 * else may have acted in the meantime.
 */
const fresh = 2_000;

export const queryClient = new QueryClient({
  defaultOptions: {
    queries: {
      staleTime: fresh,
      retry: (failures, fault) => failures < attempts && asProblem(fault).status === 0,
      throwOnError: false,
    },
    mutations: { retry: false },
  },
});

/** What a write function receives beside its input. */
export interface WriteKey {
  "Idempotency-Key": string;
}

interface WriteOptions<In, Out> {
  /** Queries to read again afterwards, by prefix. */
  refresh?: QueryKey[];
  onDone?: (out: Out, input: In) => void;
}

/**
 * A write. The same input sent again (a second click, a lost answer) carries the same
 * Idempotency-Key and is answered from the server's memory; changed input is a new intention.
 * `useWrite((input, key) => ask(api.POST("/api/v1/needs", { body: input, headers: key })))`
 */
export function useWrite<In, Out>(
  write: (input: In, key: WriteKey) => Promise<Out>,
  options: WriteOptions<In, Out> = {},
): UseMutationResult<Out, Problem, In> {
  const client = useQueryClient();
  const last = useRef({ print: "", key: "" });
  return useMutation<Out, Problem, In>({
    mutationFn: async (input) => {
      const print = JSON.stringify(input) ?? "";
      if (last.current.print !== print) last.current = { print, key: crypto.randomUUID() };
      try {
        return await write(input, { "Idempotency-Key": last.current.key });
      } catch (fault) {
        const problem = asProblem(fault);
        // The record moved under a key whose answer was lost: the next try is a new request.
        if (problem.code === "idempotency.reused") last.current = { print: "", key: "" };
        throw problem;
      }
    },
    onSuccess: async (out, input) => {
      last.current = { print: "", key: "" };
      await Promise.all((options.refresh ?? []).map((queryKey) => client.invalidateQueries({ queryKey })));
      options.onDone?.(out, input);
    },
  });
}
