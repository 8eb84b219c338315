// Package themes carries the themes that come with the program, for
// repositories that bring none of their own.
package themes

import "embed"

// FS holds each theme in a folder of its name. The all: prefix takes in the
// folders whose names begin with an underscore, which embed leaves out.
//
//go:embed all:candour
var FS embed.FS
