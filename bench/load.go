package main

import (
	"fmt"
	"slices"
	"sync"
	"time"

	"github.com/valyala/fasthttp"
)

// result is one measurement: how long each good answer took, and what all of them together did.
type result struct {
	times []time.Duration
	took  time.Duration
	spent usage // on both sides
}

// add puts another part of the same measurement to it.
func (r *result) add(part result) {
	r.times = append(r.times, part.times...)
	r.took += part.took
	r.spent.cpu += part.spent.cpu
	r.spent.written += part.spent.written
}

// rate is good answers a second.
func (r *result) rate() float64 { return float64(len(r.times)) / r.took.Seconds() }

func (r *result) p99() time.Duration {
	slices.Sort(r.times)
	return r.times[len(r.times)*99/100]
}

// ask fills the n-th request; n is unique over the clients of one load.
type ask func(r *fasthttp.Request, n int64)

// load has clients, each on a connection of its own, ask again and again for a span. Any answer but 200, 201 and 304 fails it.
func load(address string, clients int, span time.Duration, fill ask) (result, error) {
	client := &fasthttp.HostClient{Addr: address, MaxConns: clients, ReadTimeout: time.Minute}
	defer client.CloseIdleConnections()
	return drive(clients, span, func() func(n int64) error {
		request, response := fasthttp.AcquireRequest(), fasthttp.AcquireResponse()
		return func(n int64) error {
			request.Reset()
			request.Header.SetHost(address)
			fill(request, n)
			if err := client.Do(request, response); err != nil {
				return err
			}
			if code := response.StatusCode(); code != 200 && code != 201 && code != 304 {
				return fmt.Errorf("%s answered %d: %s", request.URI().Path(), code, response.Body())
			}
			return nil
		}
	})
}

// drive runs what each of the clients makes until the span is over and counts.
func drive(clients int, span time.Duration, each func() func(n int64) error) (result, error) {
	var wait sync.WaitGroup
	times := make([][]time.Duration, clients)
	failures := make([]error, clients)
	started, before := time.Now(), used()
	end := started.Add(span)
	for c := range clients {
		one := each()
		wait.Go(func() {
			for n := int64(c); ; n += int64(clients) {
				begin := time.Now()
				if begin.After(end) {
					return
				}
				if failures[c] = one(n); failures[c] != nil {
					return
				}
				times[c] = append(times[c], time.Since(begin))
			}
		})
	}
	wait.Wait()
	took, after := time.Since(started), used()
	for _, err := range failures {
		if err != nil {
			return result{}, err
		}
	}
	all := slices.Concat(times...)
	if len(all) == 0 {
		return result{}, fmt.Errorf("nothing was answered in %s", span)
	}
	return result{times: all, took: took, spent: after.since(before)}, nil
}
