import { fileURLToPath } from "node:url";
import react from "@vitejs/plugin-react";
export default { plugins: [react()], resolve: { alias: { "@": fileURLToPath(new URL("./src", import.meta.url)) } }, server: { host: "127.0.0.1", proxy: { "/api": { target: "http://127.0.0.1:18431", changeOrigin: false } } } };
