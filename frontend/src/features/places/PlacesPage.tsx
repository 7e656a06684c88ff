import { useQuery } from "@tanstack/react-query";
import { api, ask } from "@/lib/api";
import { useTranslation } from "@/lib/i18n";
import { paths } from "@/lib/paths";
import { SearchBox, useFilters } from "@/ui/Chips";
import { Link } from "@/ui/Link";
import { Card, PageHead } from "@/ui/layout";
import { Tag } from "@/ui/Status";
import { Empty, Loaded } from "@/ui/states";
import "./places.css";

/** The way down from the city, and a search for those who know the name. */
export default function PlacesPage() {
  const { t } = useTranslation("places");
  const [filters, set] = useFilters<"q">();
  return (
    <>
      <PageHead title={t("tree.title")} sub={t("tree.sub")} />
      <div className="stack">
        <SearchBox
          label={t("tree.search")}
          placeholder={t("tree.placeholder")}
          value={filters.q}
          onSearch={(q) => set({ q })}
        />
        {filters.q ? <Found words={filters.q} /> : <Cities />}
      </div>
    </>
  );
}

function Found({ words }: { words: string }) {
  const { t } = useTranslation("places");
  const query = useQuery({
    queryKey: ["place-search", words, "page"],
    queryFn: async () =>
      (
        await ask(
          api.GET("/api/v1/place-search", { params: { query: { q: words, ended: true, limit: 100 } } }),
        )
      ).items,
  });
  return (
    <Loaded query={query}>
      {(rows) =>
        rows.length === 0 ? (
          <Empty title={t("tree.none")}>{t("tree.noneText")}</Empty>
        ) : (
          <ul className="placelist card pad">
            {rows.map((p) => (
              <li key={p.id}>
                <Link to={paths.place(p.id)}>{p.name}</Link>
                <span className="small muted">{p.within}</span>
                {!p.active && <Tag tone="plain">{t("ended")}</Tag>}
              </li>
            ))}
          </ul>
        )
      }
    </Loaded>
  );
}

const children = (parent: string) => ({
  queryKey: ["places", "children", parent],
  queryFn: async () => (await ask(api.GET("/api/v1/places", { params: { query: { parent } } }))).items,
});

function Cities() {
  const { t } = useTranslation("places");
  const query = useQuery(children(""));
  return (
    <Loaded query={query}>
      {(cities) =>
        cities.length === 0 ? (
          <Empty title={t("tree.empty")}>{t("tree.emptyText")}</Empty>
        ) : (
          cities.map((c) => (
            <Card key={c.id} title={<Link to={paths.place(c.id)}>{c.name}</Link>}>
              <Districts city={c.id} />
            </Card>
          ))
        )
      }
    </Loaded>
  );
}

function Districts({ city }: { city: string }) {
  const query = useQuery(children(city));
  return (
    <Loaded query={query} lines={3}>
      {(rows) => (
        <ul className="placegrid">
          {rows.map((p) => (
            <li key={p.id}>
              <Link to={paths.place(p.id)}>{p.name}</Link>
            </li>
          ))}
        </ul>
      )}
    </Loaded>
  );
}
