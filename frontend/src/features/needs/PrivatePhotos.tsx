import { useQuery } from "@tanstack/react-query";
import { useEffect, useState } from "react";
import { askBlob } from "@/lib/api";
import { useTranslation } from "@/lib/i18n";
import type { PublicVoice } from "@/lib/needs";

type Photo = PublicVoice["photos"][number];

/** Photos that are not public yet: fetched with the reader's token and shown from memory. */
export function PrivatePhotos({ photos }: { photos: Photo[] }) {
  const { t } = useTranslation("needs");
  if (photos.length === 0) return null;
  return (
    <div className="photos">
      {photos.map((p, i) => (
        <PrivatePhoto key={p.id} photo={p} alt={t("voices.photo", { number: i + 1 })} />
      ))}
    </div>
  );
}

function PrivatePhoto({ photo, alt }: { photo: Photo; alt: string }) {
  const blob = useQuery({
    queryKey: ["files", photo.id],
    queryFn: () => askBlob(photo.url),
    staleTime: Number.POSITIVE_INFINITY,
  });
  const [url, setUrl] = useState<string>();
  useEffect(() => {
    if (!blob.data) return;
    const made = URL.createObjectURL(blob.data);
    setUrl(made);
    return () => URL.revokeObjectURL(made);
  }, [blob.data]);
  if (!url) return <span className="skeleton photo" />;
  return (
    <a href={url} target="_blank" rel="noreferrer">
      <img src={url} alt={alt} width={photo.width} height={photo.height} />
    </a>
  );
}
