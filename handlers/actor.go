package handlers

import (
	"context"
	"log/slog"

	"wenguan/models/account"
)

// Caller is what the middleware knows of a request.
type Caller struct {
	Actor     account.Actor // the zero Actor is anonymous
	RequestID string
	Network   string // the network address it came from
	Token     string // the session token it carried
	Secure    bool   // whether it came over TLS, so that a cookie may demand it
	Log       *slog.Logger
}

type callerKey struct{}

// WithCaller puts who is asking into the context of a request.
func WithCaller(ctx context.Context, c Caller) context.Context {
	return context.WithValue(ctx, callerKey{}, &c)
}

// ActorOf is who is behind the request.
func ActorOf(ctx context.Context) account.Actor { return callerOf(ctx).Actor }

// RequestID is the request's id, "" outside a request.
func RequestID(ctx context.Context) string { return callerOf(ctx).RequestID }

func callerOf(ctx context.Context) *Caller {
	if c, ok := ctx.Value(callerKey{}).(*Caller); ok {
		return c
	}
	return &Caller{Log: slog.New(slog.DiscardHandler)}
}
