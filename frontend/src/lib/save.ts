/** Hands a file to the person: what was made here, or what the server sent. */
export function saveBlob(name: string, blob: Blob): void {
  const url = URL.createObjectURL(blob);
  const link = document.createElement("a");
  link.href = url;
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(url), 10_000);
}

/** Text starts with a byte order mark: spreadsheets otherwise misread Chinese. */
export const saveText = (name: string, type: string, text: string): void =>
  saveBlob(name, new Blob([`\uFEFF${text}`], { type: `${type};charset=utf-8` }));
