import { api, ask } from "@/lib/api";
import { useTranslation } from "@/lib/i18n";
import { useSession } from "@/lib/session";
import { FileUpload } from "@/ui/FileUpload";
import { TextArea } from "@/ui/fields";
import type { ScreenProps } from "./SayPage";
import { Screen } from "./Screen";
import { ready, wordsMax } from "./saying";

/** One's own words, and photos without what the camera wrote into them. */
export function WordsScreen({ draft, number, of, onBack, onNext }: ScreenProps) {
  const { t } = useTranslation("post");
  const session = useSession();
  return (
    <Screen
      title={t("words.title")}
      lead={t("words.lead")}
      number={number}
      of={of}
      onBack={onBack}
      savedAt={draft.savedAt}
      next={{ label: t("next"), ready: ready("words", draft.value), onNext }}
    >
      <TextArea
        label={t("words.label")}
        help={t("words.help")}
        rows={6}
        maxLength={wordsMax}
        value={draft.value.words}
        onChange={(words) => draft.set({ words })}
      />
      {session ? (
        <FileUpload
          label={t("words.photos")}
          help={t("words.photosHelp")}
          optional
          accept="image/jpeg,image/png"
          files={draft.value.photos}
          onChange={(photos) => draft.set({ photos })}
          upload={uploadPhoto}
        />
      ) : (
        <p className="small muted">{t("words.photosSignIn")}</p>
      )}
    </Screen>
  );
}

/** The body is the file itself; its type is told again by the server from the content. */
async function uploadPhoto(file: File) {
  const stored = await ask(
    api.POST("/api/v1/files", {
      params: { query: { name: file.name }, header: { "Content-Type": file.type } },
      body: file as unknown as string,
      bodySerializer: (body: unknown) => body as Blob,
      headers: { "Content-Type": file.type },
    }),
  );
  return { id: stored.id, name: stored.name };
}
