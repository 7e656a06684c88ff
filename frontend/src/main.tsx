import { QueryClientProvider } from "@tanstack/react-query";
import { RouterProvider } from "@tanstack/react-router";
import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import { openFor, router } from "./app/router";
import { applyLang, ensureWords } from "./lib/i18n";
import { applyPrefs } from "./lib/prefs";
import { queryClient } from "./lib/query";
import { settle } from "./lib/session";
import "./ui/tokens.css";
import "./ui/base.css";
import "./ui/ui.css";

applyPrefs();
applyLang();
void settle();

async function start() {
  await Promise.all([ensureWords("ui", "app"), openFor(location.pathname)]);
  const place = document.getElementById("root");
  if (!place) throw new Error("index.html has no #root");
  createRoot(place).render(
    <StrictMode>
      <QueryClientProvider client={queryClient}>
        <RouterProvider router={router} />
      </QueryClientProvider>
    </StrictMode>,
  );
}

void start();
