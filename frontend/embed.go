// Package frontend carries the built web application inside the binary.
package frontend

import "embed"

// Dist is the output of the web build. It holds only .gitkeep until
// `npm run build` ran, so the Go build works on a fresh clone.
//
//go:embed all:dist
var Dist embed.FS

// Problems holds the titles of every fault code in both languages
// (locales/<lang>/problems.<area>.json); the server and the web app read the same text.
//
//go:embed src/locales/*/problems.*.json
var Problems embed.FS

// Matching holds the sentences of an explained pairing in both languages; the command line and
// the web app say the same.
//
//go:embed src/locales/*/matching.json
var Matching embed.FS
