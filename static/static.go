// Package static is the web client: plain ES modules, styles and pages, embedded into the binary as they are.
package static

import "embed"

// Files is the tree as written. Dotfiles stay out; app/webui leaves out what is not for browsers.
//
//go:embed *
var Files embed.FS
