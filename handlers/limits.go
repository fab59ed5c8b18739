package handlers

import (
	"context"

	"wenguan/models/limit"
)

// Limits refuse whoever asks too often. One that is nil refuses nobody.
type Limits struct {
	SignIns  limit.Counter // by network: signing in and asking for codes
	Bookings limit.Counter // by account: reserving and moving
	Finds    limit.Counter // by network: looking for what is free in all of the district
	Searches limit.Counter // by account: looking for people
	Cards    limit.Counter // by device or account: identity cards at the door
	Uploads  limit.Counter // by account: registering organizations and sending documents, which are decoded
	Reports  limit.Counter // by network: reports of browsers, which go to the log
}

// attempt counts one attempt of a caller.
type attempt func(ctx context.Context, l Limits, who *Caller) error

func signInAttempt(ctx context.Context, l Limits, who *Caller) error {
	return take(ctx, l.SignIns, limit.Neighbourhood(who.Network))
}

func bookingAttempt(ctx context.Context, l Limits, who *Caller) error {
	return take(ctx, l.Bookings, who.Actor.ID)
}

func findAttempt(ctx context.Context, l Limits, who *Caller) error {
	return take(ctx, l.Finds, limit.Neighbourhood(who.Network))
}

func searchAttempt(ctx context.Context, l Limits, who *Caller) error {
	return take(ctx, l.Searches, who.Actor.ID)
}

func cardAttempt(ctx context.Context, l Limits, who *Caller) error {
	key := who.Actor.ID
	if who.Actor.Device != nil {
		key = who.Actor.Device.ID
	}
	return take(ctx, l.Cards, key)
}

func uploadAttempt(ctx context.Context, l Limits, who *Caller) error {
	return take(ctx, l.Uploads, who.Actor.ID)
}

func reportAttempt(ctx context.Context, l Limits, who *Caller) error {
	return take(ctx, l.Reports, limit.Neighbourhood(who.Network))
}

func take(ctx context.Context, c limit.Counter, key string) error {
	if c == nil {
		return nil
	}
	return c.Take(ctx, key)
}
