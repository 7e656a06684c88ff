import { type Lang, setLang, useTranslation } from "@/lib/i18n";
import { setPrefs, usePrefs } from "@/lib/prefs";
import { Button, IconButton } from "@/ui/Button";

/** Offers the other language in its own words. */
export function LanguageSwitch() {
  const { t, lang } = useTranslation("app");
  const other: Lang = lang === "zh" ? "en" : "zh";
  return (
    <Button
      kind="quiet"
      small
      lang={other === "zh" ? "zh-CN" : "en"}
      aria-label={t("language")}
      onClick={() => void setLang(other)}
    >
      {other === "zh" ? "中文" : "EN"}
    </Button>
  );
}

/** Larger type and targets, and light or dark. */
export function LooksSwitch() {
  const { t } = useTranslation("app");
  const prefs = usePrefs();
  const dark = document.documentElement.dataset.theme === "dark";
  return (
    <>
      <IconButton
        icon="large"
        label={t("elder")}
        aria-pressed={prefs.elder}
        onClick={() => setPrefs({ elder: !prefs.elder })}
      />
      <IconButton
        icon={dark ? "sun" : "moon"}
        className="iconbtn looks-dark"
        label={t(dark ? "light" : "dark")}
        onClick={() => setPrefs({ theme: dark ? "light" : "dark" })}
      />
    </>
  );
}
