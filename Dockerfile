# The web application, then the one static binary, then an image with nothing else in it.
FROM node:20-bookworm-slim AS web
WORKDIR /src
COPY frontend/package.json frontend/package-lock.json ./
RUN npm ci --no-audit --no-fund
COPY frontend/ ./
COPY docs/reference/openapi.json ../docs/reference/openapi.json
RUN npm run build \
 && find dist -type f \( -name '*.js' -o -name '*.css' -o -name '*.html' -o -name '*.svg' -o -name '*.json' \) -exec gzip -kf9n {} +

FROM golang:1.26-bookworm AS go
WORKDIR /src
COPY go.mod go.sum ./
RUN go mod download
COPY migrations/ migrations/
COPY backend/ backend/
COPY frontend/embed.go frontend/embed.go
COPY frontend/src/locales/ frontend/src/locales/
COPY --from=web /src/dist/ frontend/dist/
RUN CGO_ENABLED=0 go build -trimpath -ldflags '-s -w' -o /linli ./backend/cmd/linli \
 && mkdir -p /data

FROM gcr.io/distroless/static-debian12:nonroot
COPY --from=go /linli /linli
COPY --from=go --chown=nonroot:nonroot /data /data
USER nonroot
VOLUME /data
ENV LINLI_DATA_DIR=/data LINLI_ADDR=0.0.0.0:8080
EXPOSE 8080
HEALTHCHECK --interval=10s --timeout=3s --start-period=20s CMD ["/linli", "health"]
ENTRYPOINT ["/linli"]
CMD ["serve"]
