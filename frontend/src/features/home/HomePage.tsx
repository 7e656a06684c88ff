import { useNavigate } from "@tanstack/react-router";
import { useTranslation } from "@/lib/i18n";
import { paths } from "@/lib/paths";
import { LinkButton } from "@/ui/Button";
import { SearchBox } from "@/ui/Chips";
import { useTitle } from "@/ui/layout";
import { Finished } from "./Finished";
import { LiveFigures } from "./LiveFigures";
import { Newest } from "./Newest";
import "./home.css";

/** One sentence, a search box, three figures that lead to their proof, what is new, what was finished. */
export default function HomePage() {
  const { t } = useTranslation("home");
  const navigate = useNavigate();
  useTitle(t("title"));
  const search = (q: string | undefined) => void navigate({ to: paths.needs(), search: q ? { q } : {} });
  return (
    <>
      <section className="homehero">
        <div className="wrap stack">
          <h1 tabIndex={-1}>{t("sentence")}</h1>
          <p className="lead">{t("lead")}</p>
          <SearchBox
            label={t("search.label")}
            placeholder={t("search.placeholder")}
            value={undefined}
            onSearch={search}
          />
          <div className="row">
            <LinkButton kind="primary" to={paths.say()}>
              {t("say")}
            </LinkButton>
            <LinkButton to={paths.about()}>{t("how")}</LinkButton>
          </div>
        </div>
      </section>
      <div className="wrap stack loose homebody">
        <LiveFigures />
        <div className="homecolumns">
          <Newest />
          <Finished />
        </div>
      </div>
    </>
  );
}
