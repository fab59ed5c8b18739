package app

import (
	"context"
	"time"

	"wenguan/handlers"
	"wenguan/models/limit"
	"wenguan/models/store"
)

// limits are how often one may ask. A file is open in one process only, so there this process counts; instances that share
// a MongoDB count in it together. While that cannot count, nobody guesses codes; everybody else has the limit of one
// instance.
func (a *App) limits(together bool) handlers.Limits {
	minute := limit.PerMinute
	all := []limit.Options{
		{Name: "sign-ins", Rate: minute(a.config.SignInsPerMinute), Keys: 100_000, Closed: true},
		{Name: "bookings", Rate: minute(a.config.bookingsPerMinute()), Keys: 100_000},
		{Name: "finds", Rate: minute(a.config.searchesPerMinute()), Keys: 100_000, Lump: 20},
		{Name: "searches", Rate: minute(60), Keys: 10_000, Lump: 5},
		{Name: "cards", Rate: minute(30), Keys: 10_000, Closed: true},
	}
	counters := make([]limit.Counter, len(all))
	for i, o := range all {
		counters[i] = limit.NewLocal(o.Rate, a.Clock, o.Keys)
	}
	if together {
		key := a.Accounts.LimitKey()
		for i, o := range all {
			o.Secret = key
			counters[i] = limit.NewShared(o, a.Store, a.Clock, a.log)
		}
	}
	return handlers.Limits{
		SignIns: counters[0], Bookings: counters[1], Finds: counters[2], Searches: counters[3], Cards: counters[4],
		Uploads: limit.NewLocal(minute(60), a.Clock, 10_000), // each decodes its own
		Reports: limit.NewLocal(minute(20), a.Clock, 10_000), // of its own log
	}
}

// severalInstances reports whether other processes may work on the same store.
func severalInstances(st store.Store) bool {
	_, file := st.(*store.Embedded)
	return !file
}

// codesExhausted says in the log that no more codes are sent: at most once a minute, whoever asks.
func (a *App) codesExhausted() func(context.Context) {
	once := limit.NewLocal(limit.Rate{Every: time.Minute, Burst: 1}, a.Clock, 2)
	return func(ctx context.Context) {
		if once.Take(ctx, "") == nil {
			a.log.ErrorContext(ctx, "no more sign-in codes are sent: everybody together has had as many as one hour has", "codes_per_hour", a.config.CodesPerHour)
		}
	}
}
