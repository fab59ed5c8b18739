package app

import (
	"io"
	"log/slog"
)

// newLog makes the log of the configuration.
func newLog(c *Config, to io.Writer, otherwise string) *slog.Logger {
	named := c.LogLevel
	if named == "" {
		named = otherwise
	}
	var level slog.Level
	_ = level.UnmarshalText([]byte(named)) // an enum that kong has checked
	options := &slog.HandlerOptions{Level: level}
	if c.LogFormat == "json" {
		return slog.New(slog.NewJSONHandler(to, options))
	}
	return slog.New(slog.NewTextHandler(to, options))
}
