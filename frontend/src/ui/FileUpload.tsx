import { type DragEvent, useId, useRef, useState } from "react";
import { useTranslation } from "@/lib/i18n";
import { Button } from "./Button";
import { Field, type FieldProps } from "./fields";
import { Icon } from "./icons";

export interface UploadedFile {
  id: string;
  name: string;
}

export interface FileUploadProps extends FieldProps {
  files: UploadedFile[];
  onChange: (files: UploadedFile[]) => void;
  /** Sends one file and answers its id; throws a Problem. */
  upload: (file: File) => Promise<UploadedFile>;
  /** "image/jpeg,image/png,application/pdf" */
  accept: string;
  maxFiles?: number;
  maxMB?: number;
}

/** Choose or drop files; each is sent at once, listed, and can be taken away again. */
export function FileUpload(props: FileUploadProps) {
  const {
    label,
    help,
    error,
    optional,
    id,
    files,
    onChange,
    upload,
    accept,
    maxFiles = 6,
    maxMB = 10,
  } = props;
  const { t } = useTranslation("ui");
  const input = useRef<HTMLInputElement>(null);
  const own = useId();
  const [over, setOver] = useState(false);
  const [busy, setBusy] = useState(false);
  const [refused, setRefused] = useState<string>();

  async function take(list: FileList | null) {
    const chosen = [...(list ?? [])].slice(0, maxFiles - files.length);
    const large = chosen.find((f) => f.size > maxMB * 1024 * 1024);
    if (large) return setRefused(t("file.tooLarge", { name: large.name, mb: maxMB }));
    setRefused(undefined);
    setBusy(true);
    const done = [...files];
    try {
      for (const file of chosen) done.push(await upload(file));
    } catch (fault) {
      setRefused((fault as { sentence?: string }).sentence ?? String(fault));
    } finally {
      setBusy(false);
      onChange(done);
      if (input.current) input.current.value = "";
    }
  }

  function drop(event: DragEvent) {
    event.preventDefault();
    setOver(false);
    void take(event.dataTransfer.files);
  }

  return (
    <Field {...{ label, help, optional }} id={id ?? own} error={error ?? refused}>
      {(wiring) => (
        // biome-ignore lint/a11y/noStaticElementInteractions: dropping is an addition; the button does the same
        <div
          className={`dropzone ${over ? "over" : ""}`}
          onDragOver={(e) => {
            e.preventDefault();
            setOver(true);
          }}
          onDragLeave={() => setOver(false)}
          onDrop={drop}
        >
          <input
            {...wiring}
            required={undefined}
            ref={input}
            type="file"
            className="visually-hidden"
            accept={accept}
            multiple={maxFiles > 1}
            onChange={(e) => void take(e.target.files)}
          />
          <Button
            small
            icon="plus"
            busy={busy}
            disabled={files.length >= maxFiles}
            onClick={() => input.current?.click()}
          >
            {t("file.choose")}
          </Button>
          <span className="help">{t("file.limits", { files: maxFiles, mb: maxMB })}</span>
          {files.length > 0 && (
            <ul className="filelist">
              {files.map((f) => (
                <li key={f.id}>
                  <Icon name="file" />
                  <span>{f.name}</span>
                  <Button small kind="quiet" onClick={() => onChange(files.filter((x) => x.id !== f.id))}>
                    {t("file.remove")}
                    <span className="visually-hidden"> {f.name}</span>
                  </Button>
                </li>
              ))}
            </ul>
          )}
        </div>
      )}
    </Field>
  );
}
