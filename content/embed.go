// Package content embeds the starter's pages: a fictional partnership that shows what every kind of page can do.
package content

import "embed"

// FS holds the pages by their paths below this folder: pages/about.md. The all: prefix takes in the introductions, whose
// names begin with an underscore.
//
//go:embed _index.md all:alert-templates all:alerts all:leaflets all:narrative all:pages all:plans
var FS embed.FS
