package notice

import (
	"context"
	"log/slog"
)

// Log is a sender for trying the product out: it writes messages, sign-in codes and addresses included, to the log.
// It is the only place where they appear there, and only used while no other sender is configured.
type Log struct{ log *slog.Logger }

// NewLog makes a log sender.
func NewLog(log *slog.Logger) *Log { return &Log{log: log} }

// Send implements Sender.
func (l *Log) Send(ctx context.Context, m Message) error {
	l.log.InfoContext(ctx, "notice", "to", m.To, "template", m.Template, "subject", m.Subject, "text", m.Text)
	return nil
}
