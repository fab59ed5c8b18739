package account

import (
	"context"
	"fmt"
	"strings"
	"time"

	"wenguan/models/audit"
	"wenguan/models/fault"
	"wenguan/models/id"
	"wenguan/models/store"
)

const (
	devices  = "devices"
	byVenue  = "venue"
	byHash   = "hash"
	maxKnown = 100 // devices of one venue

	deviceToken = "wgd_" // what the tokens of devices begin with
	deviceSlide = time.Minute
)

var deviceIndexes = []store.Index{
	{Name: byVenue, Fields: []string{"venue"}},
	{Name: byHash, Fields: []string{"hash"}, Unique: true},
}

// Device is a machine of one venue with one purpose, which its Role names.
type Device struct {
	ID     string    `bson:"_id"`
	Venue  string    `bson:"venue"`
	Role   Role      `bson:"role"` // Door, Kiosk or Display
	Name   string    `bson:"name"`
	Hash   string    `bson:"hash"` // SHA-256 of the token: 256 random bits need no slow hash
	MadeAt time.Time `bson:"made"`
	MadeBy string    `bson:"by"`   // account id
	SeenAt time.Time `bson:"seen"` // to the minute; zero: never
}

// MakeDevice makes a device for a venue and returns it with its token, which nobody can read again. Needs ManageDevices
// there. Faults: "device_role", "name_unusable", "devices_many" (Invalid).
func (d *Directory) MakeDevice(ctx context.Context, actor Actor, venue string, role Role, name string) (Device, string, error) {
	if err := actor.Check(ManageDevices, venue); err != nil {
		return Device{}, "", err
	}
	if role != Door && role != Kiosk && role != Display {
		return Device{}, "", fault.New(fault.Invalid, "device_role", "A device is a door, a kiosk or a display.").On("purpose")
	}
	name, err := cleanName(name)
	if err != nil {
		return Device{}, "", err
	}
	token := deviceToken + newToken()
	made := Device{ID: id.New(d.now()), Venue: venue, Role: role, Name: name, Hash: hashToken(token), MadeAt: d.now(), MadeBy: actor.ID}
	err = d.store.Update(ctx, func(tx store.Tx) error {
		known, err := devicesOf(tx, venue)
		if err != nil {
			return err
		}
		if len(known) >= maxKnown {
			return fault.New(fault.Invalid, "devices_many", "A venue has at most %d devices.", maxKnown).With("max", maxKnown)
		}
		if err := tx.Insert(devices, made); err != nil {
			return err
		}
		return audit.Append(tx, d.now(), deviceEntry(actor, "device.made", made))
	})
	return made, token, err
}

func deviceEntry(actor Actor, action string, of Device) audit.Entry {
	e := actor.Entry(action, "device/"+of.ID)
	e.Chain, e.After = of.Venue, map[string]any{"purpose": of.Role, "name": of.Name}
	return e
}

// Devices lists the devices of a venue, oldest first. Needs ManageDevices there.
func (d *Directory) Devices(ctx context.Context, actor Actor, venue string) (list []Device, err error) {
	if err := actor.Check(ManageDevices, venue); err != nil {
		return nil, err
	}
	err = d.store.View(ctx, func(tx store.Tx) error {
		list, err = devicesOf(tx, venue)
		return err
	})
	return list, err
}

func devicesOf(tx store.Tx, venue string) ([]Device, error) {
	return store.All[Device](tx, devices, store.Query{Index: byVenue, Equal: []any{venue}})
}

// RevokeDevice ends a device; its next request is anonymous. Needs ManageDevices at the venue; fault.NotFound
// "device_not_found", also for one of another venue.
func (d *Directory) RevokeDevice(ctx context.Context, actor Actor, venue, id string) error {
	if err := actor.Check(ManageDevices, venue); err != nil {
		return err
	}
	return d.store.Update(ctx, func(tx store.Tx) error {
		var there Device
		err := tx.Get(devices, id, &there)
		if fault.Is(err, fault.NotFound) || err == nil && there.Venue != venue {
			return fault.New(fault.NotFound, "device_not_found", "There is no such device here.")
		}
		if err != nil {
			return err
		}
		if err := tx.Delete(devices, id); err != nil {
			return err
		}
		e := deviceEntry(actor, "device.revoked", there)
		e.Before, e.After = e.After, nil
		return audit.Append(tx, d.now(), e)
	})
}

// isDevice reports whether a token is one of a device.
func isDevice(token string) bool { return strings.HasPrefix(token, deviceToken) }

// SignInDevice checks the token of a device, which is its session as well; fault.Invalid "device_unknown".
func (d *Directory) SignInDevice(ctx context.Context, token string) (Actor, error) {
	if !isDevice(token) || len(token) > maxToken {
		return Actor{}, errDeviceUnknown()
	}
	actor, err := d.deviceActor(ctx, token)
	if fault.Is(err, fault.Unauthenticated) {
		return Actor{}, errDeviceUnknown()
	}
	return actor, err
}

func errDeviceUnknown() *fault.Error {
	return fault.New(fault.Invalid, "device_unknown", "This device was revoked or never set up. Make a new one.").On("device")
}

// deviceActor is the device of a token, as one who acts; fault.Unauthenticated "session_ended" if there is none.
func (d *Directory) deviceActor(ctx context.Context, token string) (Actor, error) {
	var found []Device
	err := d.store.View(ctx, func(tx store.Tx) (err error) {
		found, err = store.All[Device](tx, devices, store.Query{Index: byHash, Equal: []any{hashToken(token)}, Limit: 1})
		return err
	})
	if err != nil {
		return Actor{}, fmt.Errorf("authenticate device: %w", err)
	}
	if len(found) == 0 {
		return Actor{}, errSessionEnded()
	}
	one := found[0]
	if now := d.now(); now.Sub(one.SeenAt) >= deviceSlide {
		if err := d.seeDevice(ctx, one.ID, now); err != nil {
			return Actor{}, err
		}
	}
	return Actor{Device: &one, Means: ByToken, Name: one.Name, Called: one.Name}, nil
}

// seeDevice notes that the device asked for something; one that was revoked meanwhile is "session_ended".
func (d *Directory) seeDevice(ctx context.Context, id string, now time.Time) error {
	err := d.store.Update(ctx, func(tx store.Tx) error {
		var one Device
		if err := tx.Get(devices, id, &one); err != nil {
			return err
		}
		one.SeenAt = now
		return tx.Replace(devices, one)
	})
	if fault.Is(err, fault.NotFound) {
		return errSessionEnded()
	}
	if err != nil {
		return fmt.Errorf("see device: %w", err)
	}
	return nil
}
