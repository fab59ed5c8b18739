package app

import (
	"context"
	"fmt"
)

type keysCmd struct {
	Rotate keysRotateCmd `cmd:"" help:"Sign passes with a new key from now on; passes signed before stay good."`
}

type keysRotateCmd struct{}

// Run rotates the key and prints the new one's id.
func (keysRotateCmd) Run(ctx context.Context, c *Config, s *session) error {
	return s.onExisting(ctx, c, func(a *App) error {
		kid, err := a.Passes.Rotate(ctx)
		if err != nil {
			return err
		}
		if err := a.record(ctx, system.Entry("pass_key.rotated", "pass_key/"+kid)); err != nil {
			return err
		}
		_, err = fmt.Fprintf(s.out, "Passes are signed with key %s from now on.\n", kid)
		return err
	})
}
