package demo

import (
	"context"
	"fmt"

	"wenguan/models/account"
	"wenguan/models/booking"
	"wenguan/models/fault"
)

// Sticker is a seat code of the sample district.
type Sticker struct{ Venue, Space, Code string }

// pleas are what people say against strikes, and what the manager answered; those without an answer wait for one.
var pleas = []struct{ says, answer string }{
	{"那天人在馆里，手机没电，没法签到。旁边座位的同学可以作证。", ""},
	{"孩子临时发烧送医院，来不及取消，请谅解。", ""},
	{"我记得签到了。", "查了当天的签到记录和监控，没有到馆，这次不能撤销。下次可以到服务台签到。"},
}

// plead lets the suspended resident and two readers appeal a strike each.
func plead(ctx context.Context, w World, people People) error {
	said, heard := 0, map[string]bool{"": true}
	for _, who := range append([]account.Account{people.Suspended}, people.Residents...) {
		if said == len(pleas) {
			break
		}
		if heard[who.ID] {
			continue
		}
		heard[who.ID] = true
		made, err := pleadOnce(ctx, w, who, pleas[said].says)
		if err != nil {
			return fmt.Errorf("appeal for %s: %w", who.Name, err)
		}
		if made.ID == "" {
			continue
		}
		if answer := pleas[said].answer; answer != "" {
			if _, err := w.Desk.Decide(ctx, people.Administrator.Actor(), made.ID, booking.Verdict{Text: answer}); err != nil {
				return fmt.Errorf("answer an appeal: %w", err)
			}
		}
		said++
	}
	return nil
}

// pleadOnce appeals somebody's latest strike that can be; an appeal without an id says that there is none.
func pleadOnce(ctx context.Context, w World, who account.Account, text string) (booking.Appeal, error) {
	standing, err := w.Desk.Standing(ctx, who.Actor(), "")
	if err != nil {
		return booking.Appeal{}, err
	}
	for i := len(standing.Strikes) - 1; i >= 0; i-- {
		if s := standing.Strikes[i]; standing.Details[s.Violation].Appealable {
			return w.Desk.Appeal(ctx, who.Actor(), "", s.Violation, text)
		}
	}
	return booking.Appeal{}, nil
}

// stick makes the codes on the seats of the reading rooms, and hands out the first of each.
func stick(ctx context.Context, w World, manager account.Account) ([]Sticker, error) {
	var first []Sticker
	for _, id := range []string{"library", "reading-room"} {
		list, err := w.Desk.MakeSeatCodes(ctx, manager.Actor(), id, "")
		if err != nil {
			return nil, fmt.Errorf("make the seat codes of %s: %w", id, err)
		}
		if len(list) == 0 {
			return nil, fault.New(fault.Internal, "no_codes", id+" has no seats.")
		}
		first = append(first, Sticker{id, list[0].Space, list[0].ID})
	}
	return first, nil
}
