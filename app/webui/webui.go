package webui

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io/fs"
	"slices"
	"strings"

	"github.com/gofiber/fiber/v2"
)

// Site holds every file of the web client, ready to send.
type Site struct {
	Hash   string // of the whole tree, 12 hex digits
	assets map[string]*asset
	shells map[string]*asset // entry documents, service worker and manifest: the files that name others by address
}

// New reads the tree. In pages, sw.js and the manifest it fills in {{base}} (the address of the assets) and {{hash}};
// the product's own scripts it sends without their comments.
func New(tree fs.FS) (*Site, error) {
	bodies, err := read(tree)
	if err != nil {
		return nil, err
	}
	s := &Site{Hash: hash(bodies), assets: map[string]*asset{}, shells: map[string]*asset{}}
	for name, body := range bodies {
		if ownScript(name) {
			body = withoutComments(body)
		}
		into := s.assets
		if isShell(name) {
			into = s.shells
			body = bytes.ReplaceAll(body, []byte("{{base}}"), []byte("/static/"+s.Hash))
			body = bytes.ReplaceAll(body, []byte("{{hash}}"), []byte(s.Hash))
		}
		into[name] = newAsset(name, body)
	}
	return s, nil
}

// Has reports whether the tree has this entry document.
func (s *Site) Has(shell string) bool { return s.shells[shell] != nil }

// Asset answers /static/:hash/*.
func (s *Site) Asset(c *fiber.Ctx) error {
	name := c.Params("*")
	a, ok := s.assets[name]
	if !ok {
		return fiber.ErrNotFound
	}
	if c.Params("hash") == s.Hash {
		c.Set(fiber.HeaderCacheControl, "public, max-age=31536000, immutable")
	} else { // a page of the release before, still open in somebody's hand
		c.Set(fiber.HeaderCacheControl, "no-store")
	}
	assetHeaders(c, name)
	return a.send(c)
}

// Shell answers with one of the entry documents, the service worker or the manifest.
func (s *Site) Shell(name string) fiber.Handler {
	return func(c *fiber.Ctx) error {
		a, ok := s.shells[name]
		if !ok {
			return fiber.ErrNotFound
		}
		c.Set(fiber.HeaderCacheControl, "no-cache")
		etag := `"` + s.Hash + `"`
		c.Set(fiber.HeaderETag, etag)
		if c.Response().StatusCode() == fiber.StatusOK && c.Get(fiber.HeaderIfNoneMatch) == etag {
			return c.SendStatus(fiber.StatusNotModified)
		}
		return a.send(c)
	}
}

func (a *asset) send(c *fiber.Ctx) error {
	c.Set(fiber.HeaderContentType, a.contentType)
	c.Set(fiber.HeaderVary, fiber.HeaderAcceptEncoding)
	p, accepted := a.packed.Load(), c.Get(fiber.HeaderAcceptEncoding)
	switch {
	case p != nil && takes(accepted, "br"):
		c.Set(fiber.HeaderContentEncoding, "br")
		return c.Send(p.br)
	case p != nil && takes(accepted, "gzip"):
		c.Set(fiber.HeaderContentEncoding, "gzip")
		return c.Send(p.gz)
	}
	return c.Send(a.raw)
}

// takes reports whether an Accept-Encoding header names the coding and does not refuse it. Fiber's AcceptsEncodings
// answers with its first offer when there is no header, and follows the client's order instead of ours.
func takes(header, coding string) bool {
	for part := range strings.SplitSeq(header, ",") {
		name, q, _ := strings.Cut(strings.TrimSpace(part), ";")
		if strings.EqualFold(strings.TrimSpace(name), coding) {
			q = strings.TrimRight(strings.ReplaceAll(q, " ", ""), "0")
			return q != "q=" && q != "q=0" && q != "q=0."
		}
	}
	return false
}

func isShell(name string) bool {
	return !strings.Contains(name, "/") &&
		(strings.HasSuffix(name, ".html") || name == "sw.js" || strings.HasSuffix(name, ".webmanifest"))
}

// read collects the files that browsers are meant to see.
func read(tree fs.FS) (map[string][]byte, error) {
	bodies := map[string][]byte{}
	err := fs.WalkDir(tree, ".", func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || strings.HasSuffix(name, ".go") || strings.HasSuffix(name, ".d.ts") {
			return err
		}
		bodies[name], err = fs.ReadFile(tree, name)
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("read the web client: %w", err)
	}
	return bodies, nil
}

func hash(bodies map[string][]byte) string {
	var names []string
	for n := range bodies {
		names = append(names, n)
	}
	slices.Sort(names)
	sum := sha256.New()
	for _, n := range names {
		fmt.Fprintf(sum, "%s %d\n", n, len(bodies[n]))
		sum.Write(bodies[n])
	}
	return hex.EncodeToString(sum.Sum(nil))[:12]
}
