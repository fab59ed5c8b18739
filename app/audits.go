package app

import (
	"bufio"
	"context"
	"encoding/base64"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"

	"wenguan/models/audit"
	"wenguan/models/store"
)

type auditCmd struct {
	Verify auditVerifyCmd `cmd:"" help:"Prove that no record of the audit was altered, taken out or put in; print how far each chain has come."`
}

type auditVerifyCmd struct {
	Marks string `placeholder:"FILE" help:"What an earlier run printed and was kept elsewhere: proves that nothing before it was rewritten either."`
}

// Run checks every chain. What it prints is what --marks takes.
func (v *auditVerifyCmd) Run(ctx context.Context, c *Config, s *session) error {
	marks, err := readMarks(v.Marks, s.dir)
	if err != nil {
		return err
	}
	return s.onExisting(ctx, c, func(a *App) error {
		ends, broken, err := a.Audit.Verify(ctx, marks...)
		if err != nil {
			return err
		}
		for _, e := range ends {
			fmt.Fprintf(s.out, "%s\t%d\t%s\n", e.Chain, e.Number, base64.StdEncoding.EncodeToString(e.Hash))
		}
		for _, b := range broken {
			fmt.Fprintln(s.err, b)
		}
		if len(broken) > 0 {
			return fmt.Errorf("the audit does not hold in %d places", len(broken))
		}
		fmt.Fprintf(s.err, "Every record of %d chains follows from the one before it.\n", len(ends))
		return nil
	})
}

// record adds entries that no verb of a model makes.
func (a *App) record(ctx context.Context, entries ...audit.Entry) error {
	return a.Store.Update(ctx, func(tx store.Tx) error { return audit.Append(tx, a.Clock(), entries...) })
}

// readMarks reads lines of chain, number and hash; none without a file.
func readMarks(file, dir string) ([]audit.Mark, error) {
	if file == "" {
		return nil, nil
	}
	if !filepath.IsAbs(file) {
		file = filepath.Join(dir, file)
	}
	f, err := os.Open(file)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	var marks []audit.Mark
	lines := bufio.NewScanner(f)
	for lines.Scan() {
		m, err := parseMark(lines.Text())
		if err != nil {
			return nil, fmt.Errorf("%s, line %d: %w", file, len(marks)+1, err)
		}
		marks = append(marks, m)
	}
	return marks, lines.Err()
}

func parseMark(line string) (m audit.Mark, err error) {
	parts := strings.Split(line, "\t")
	if len(parts) != 3 {
		return m, errors.New("a mark is a chain, a number and a hash, with tabs between them")
	}
	m.Chain = parts[0]
	if m.Number, err = strconv.ParseInt(parts[1], 10, 64); err != nil {
		return m, fmt.Errorf("the number: %w", err)
	}
	if m.Hash, err = base64.StdEncoding.DecodeString(parts[2]); err != nil {
		return m, fmt.Errorf("the hash: %w", err)
	}
	return m, nil
}
