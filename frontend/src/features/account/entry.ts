/** What the ways in share: signing in, and where one goes afterwards. */
import { queryOptions, useQueryClient } from "@tanstack/react-query";
import { useNavigate, useSearch } from "@tanstack/react-router";
import { api, ask } from "@/lib/api";
import { paths } from "@/lib/paths";
import { adopt, type SessionAnswer } from "@/lib/session";

export interface Credentials {
  login: string;
  password: string;
  membershipId?: string;
}

export const signInHelp = queryOptions({
  queryKey: ["signInHelp"],
  staleTime: 60_000,
  queryFn: () => ask(api.GET("/api/v1/session/help")),
});

export type SignInHelp = Awaited<ReturnType<NonNullable<typeof signInHelp.queryFn>>>;

/** Opens a session; this tab acts in it from now on. */
export async function enter(credentials: Credentials): Promise<SessionAnswer> {
  const answer = (await ask(api.POST("/api/v1/session", { body: credentials }))) as SessionAnswer;
  adopt(answer);
  return answer;
}

/** Only a place on this site is a place to return to. */
export const inside = (next: unknown): string | undefined =>
  typeof next === "string" && /^\/(?![/\\])/.test(next) ? next : undefined;

/** Leads on after a sign-in: to where one wanted to go, over the choice of a role if there are several. */
export function useOnward() {
  const navigate = useNavigate();
  const client = useQueryClient();
  const { next } = useSearch({ strict: false }) as { next?: string };
  return async (answer: SessionAnswer, chosen?: string) => {
    client.clear();
    const to = inside(next);
    const choose = answer.session.memberships.length > 1 && !chosen;
    await navigate({ href: choose ? paths.chooseRole(to) : (to ?? paths.work()) });
  };
}
