import { useQuery } from "@tanstack/react-query";
import { useNow } from "@/lib/clock";
import { useTranslation } from "@/lib/i18n";
import { todosQuery } from "@/lib/todos";
import { PageHead } from "@/ui/layout";
import { Loaded } from "@/ui/states";
import { TodoList } from "@/ui/TodoList";

/** 待办: the earliest deadline first, what is late named at once. */
export default function TodoPage() {
  const { t } = useTranslation("today");
  const verb = useTranslation("action").t;
  const query = useQuery(todosQuery);
  const now = useNow();
  const late = (query.data ?? []).filter((x) => x.dueAt && new Date(x.dueAt) < now).length;
  return (
    <>
      <PageHead
        title={t("todo.title")}
        sub={late > 0 ? <span className="deadline late">{t("todo.late", { count: late })}</span> : undefined}
      />
      <Loaded query={query} lines={5}>
        {(items) => (
          <TodoList
            empty={{ title: t("todo.none"), text: t("todo.noneText") }}
            items={items.map((x) => ({
              id: `${x.kind}/${x.id}/${x.action}`,
              action: verb(`${x.kind}.${x.action}`),
              code: x.code,
              title: x.title,
              dueAt: x.dueAt,
              to: x.link,
            }))}
          />
        )}
      </Loaded>
    </>
  );
}
