// Package logging makes the structured log of a process.
package logging

import (
	"io"
	"log/slog"
)

// New writes JSON lines from the named level on (debug, info, warn, error).
func New(w io.Writer, level string) *slog.Logger {
	var l slog.Level
	if err := l.UnmarshalText([]byte(level)); err != nil {
		l = slog.LevelInfo
	}
	return slog.New(slog.NewJSONHandler(w, &slog.HandlerOptions{Level: l}))
}

// Discard is a log nobody reads, for tests.
func Discard() *slog.Logger { return slog.New(slog.DiscardHandler) }
